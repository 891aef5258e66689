using System.Diagnostics;
using AkkaChat.Delivery;

namespace AkkaChat.Dispatch;

/// <summary>
/// Puts off the writing of outboxes until the current thread has done a piece of work that may fill them several times:
/// what was put into one meanwhile goes out in one write. Each thread has its own. Many outboxes are written a few at a
/// time, in turn with the other work of the thread pool: so a large room does not hold up others, and what comes for it
/// meanwhile joins what has not been written yet.
/// </summary>
internal static class WakeBatch
{
    /// <summary>So many drainers are woken in one go.</summary>
    private const int Chunk = 16;

    /// <summary>More outboxes than this in one batch are rare, and their list is not kept.</summary>
    private const int KeptCapacity = 16 * 1024;

    /// <summary>What has waited for so long goes out before the batch ends.</summary>
    private static readonly long MaxAge = Stopwatch.Frequency / 500;

    [ThreadStatic]
    private static List<IOutboxDrainer>? _toWake;

    [ThreadStatic]
    private static bool _isOpen;

    [ThreadStatic]
    private static long _oldest;

    /// <summary>Whether the current thread is within a batch.</summary>
    public static bool IsOpen => _isOpen;

    /// <summary>Begins a batch. Batches do not nest.</summary>
    public static void Begin() => _isOpen = true;

    /// <summary>Wakes the drainer with this thread's batch. Called outside all locks.</summary>
    public static void Add(IOutboxDrainer drainer)
    {
        var drainers = _toWake ??= [];
        var now = Stopwatch.GetTimestamp();
        if (drainers.Count == 0)
        {
            _oldest = now;
        }

        drainers.Add(drainer);
        if (now - _oldest > MaxAge)
        {
            WakeAll(drainers);
        }
    }

    /// <summary>Ends the batch and wakes its drainers.</summary>
    public static void End()
    {
        _isOpen = false;
        if (_toWake is { Count: > 0 } drainers)
        {
            WakeAll(drainers);
        }
    }

    private static void WakeAll(List<IOutboxDrainer> drainers)
    {
        if (drainers.Count > Chunk)
        {
            _toWake = null;
            ThreadPool.UnsafeQueueUserWorkItem(new InChunks(drainers), preferLocal: false);
            return;
        }

        foreach (var drainer in drainers)
        {
            drainer.Wake();
        }

        drainers.Clear();
    }

    /// <summary>A large batch, which goes to the end of the queue after each chunk if anything else is in it.</summary>
    private sealed class InChunks(List<IOutboxDrainer> drainers) : IThreadPoolWorkItem
    {
        private int _next;

        /// <inheritdoc/>
        public void Execute()
        {
            do
            {
                WakeChunk();
            }
            while (_next < drainers.Count && ThreadPool.PendingWorkItemCount == 0);

            if (_next < drainers.Count)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
            else if (drainers.Capacity <= KeptCapacity)
            {
                drainers.Clear();
                _toWake ??= drainers;
            }
        }

        private void WakeChunk()
        {
            var end = Math.Min(_next + Chunk, drainers.Count);
            while (_next < end)
            {
                drainers[_next++].Wake();
            }
        }
    }
}
