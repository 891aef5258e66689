using System.Diagnostics;
using AkkaChat.Delivery;

namespace AkkaChat.Dispatch;

/// <summary>
/// Puts off the writing of outboxes until the current thread has done a piece of work that may fill them several times:
/// what was put into one meanwhile goes out in one write. Each thread has its own.
/// </summary>
internal static class WakeBatch
{
    /// <summary>More outboxes than this in one batch are rare, and their list is not kept.</summary>
    private const int KeptCapacity = 16 * 1024;

    /// <summary>What has waited for so long goes out before the batch goes on.</summary>
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
        foreach (var drainer in drainers)
        {
            drainer.Wake();
        }

        drainers.Clear();
        if (drainers.Capacity > KeptCapacity)
        {
            _toWake = null;
        }
    }
}
