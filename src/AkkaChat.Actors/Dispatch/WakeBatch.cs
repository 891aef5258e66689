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

    [ThreadStatic]
    private static List<IOutboxDrainer>? _toWake;

    [ThreadStatic]
    private static bool _isOpen;

    /// <summary>Whether the current thread is within a batch.</summary>
    public static bool IsOpen => _isOpen;

    /// <summary>Begins a batch. Batches do not nest.</summary>
    public static void Begin() => _isOpen = true;

    /// <summary>Wakes the drainer at the end of this thread's open batch.</summary>
    public static void Add(IOutboxDrainer drainer) => (_toWake ??= []).Add(drainer);

    /// <summary>Ends the batch and wakes its drainers.</summary>
    public static void End()
    {
        _isOpen = false;
        if (_toWake is not { Count: > 0 } drainers)
        {
            return;
        }

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
