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
    [ThreadStatic]
    private static PendingWakes? _pending;

    [ThreadStatic]
    private static bool _isOpen;

    /// <summary>Whether the current thread is within a batch.</summary>
    public static bool IsOpen => _isOpen;

    /// <summary>Begins a batch. Batches do not nest.</summary>
    public static void Begin() => _isOpen = true;

    /// <summary>Wakes the drainer with this thread's batch. Called outside all locks.</summary>
    public static void Add(IOutboxDrainer drainer) => (_pending ??= new PendingWakes()).Add(drainer);

    /// <summary>Ends the batch and wakes its drainers.</summary>
    public static void End()
    {
        _isOpen = false;
        _pending?.WakeAll();
    }
}
