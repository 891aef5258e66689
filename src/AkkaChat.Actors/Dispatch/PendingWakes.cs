using System.Diagnostics;
using AkkaChat.Delivery;

namespace AkkaChat.Dispatch;

/// <summary>
/// The drainers that one thread is to wake at the end of its batch. If the thread does not come to that, because a
/// handler blocks it, another wakes them after <see cref="Patience"/>. Thread-safe.
/// </summary>
internal sealed class PendingWakes
{
    /// <summary>How long a batch may hold drainers back when its thread stands still.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <summary>So many drainers are woken in one go.</summary>
    private const int Chunk = 16;

    /// <summary>More outboxes than this in one batch are rare, and their list is not kept.</summary>
    private const int KeptCapacity = 16 * 1024;

    /// <summary>What has waited for so long goes out before the batch ends.</summary>
    private static readonly long MaxAge = Stopwatch.Frequency / 500;

    private readonly Lock _gate = new();
    private readonly ITimer _watch;
    private List<IOutboxDrainer> _drainers = [];
    private List<IOutboxDrainer>? _spare;
    private long _oldest;
    private bool _isWatched;

    public PendingWakes()
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _watch = TimeProvider.System.CreateTimer(
                static wakes => ((PendingWakes)wakes!).WakeIfForgotten(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Adds a drainer; what waits for too long already is woken now.</summary>
    public void Add(IOutboxDrainer drainer)
    {
        bool isLate;
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            if (_drainers.Count == 0)
            {
                _oldest = now;
                Watch();
            }

            _drainers.Add(drainer);
            isLate = now - _oldest > MaxAge;
        }

        if (isLate)
        {
            WakeAll();
        }
    }

    /// <summary>Wakes all that wait.</summary>
    public void WakeAll()
    {
        if (Take() is not { } drainers)
        {
            return;
        }

        if (drainers.Count > Chunk)
        {
            ThreadPool.UnsafeQueueUserWorkItem(new InChunks(this, drainers), preferLocal: false);
            return;
        }

        foreach (var drainer in drainers)
        {
            drainer.Wake();
        }

        GiveBack(drainers);
    }

    private List<IOutboxDrainer>? Take()
    {
        lock (_gate)
        {
            if (_drainers.Count == 0)
            {
                return null;
            }

            var taken = _drainers;
            _drainers = _spare ?? [];
            _spare = null;
            return taken;
        }
    }

    private void GiveBack(List<IOutboxDrainer> drainers)
    {
        drainers.Clear();
        lock (_gate)
        {
            if (drainers.Capacity <= KeptCapacity && (_spare is null || _spare.Capacity < drainers.Capacity))
            {
                _spare = drainers;
            }
        }
    }

    /// <summary>The timer is left running while batches follow each other, so that most of them do not touch it.</summary>
    private void Watch()
    {
        if (!_isWatched)
        {
            _isWatched = true;
            _watch.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    private void WakeIfForgotten()
    {
        lock (_gate)
        {
            _isWatched = false;
            if (_drainers.Count == 0)
            {
                return;
            }

            Watch();
            if (Stopwatch.GetElapsedTime(_oldest) < Patience)
            {
                return;
            }
        }

        WakeAll();
    }

    /// <summary>A large batch, which goes to the end of the queue after each chunk if anything else is in it.</summary>
    private sealed class InChunks(PendingWakes owner, List<IOutboxDrainer> drainers) : IThreadPoolWorkItem
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
            else
            {
                owner.GiveBack(drainers);
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
