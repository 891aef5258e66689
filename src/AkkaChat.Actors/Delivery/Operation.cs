using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>
/// Something the application asked for that takes effect elsewhere: a join, a leave, a publication. Completes when all
/// its parts have taken effect, or fails; both at most once. It is carried in the messages that carry it out, so
/// nothing has to be asked. Thread-safe.
/// </summary>
internal abstract class Operation() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private OperationScope? _scope;
    private int _parts = 1;
    private int _ended;

    /// <summary>
    /// The only room this concerns; null if it concerns several or none. Operations on one room need not wait for
    /// each other, since the room keeps their order.
    /// </summary>
    public virtual RoomName? Target => null;

    /// <summary>What has not happened in time, if it has not.</summary>
    public virtual string Overdue => "The room did not take the operation";

    /// <summary>Whether it has completed or failed.</summary>
    public bool HasEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>Sets it going. Called once.</summary>
    public abstract void Start();

    /// <summary>One part has taken effect; with the last one the operation completes.</summary>
    public void Done()
    {
        if (Interlocked.Decrement(ref _parts) == 0 && TryEnd())
        {
            TrySetResult();
            _scope?.OnEnded();
        }
    }

    /// <summary>Fails the operation, unless it has ended.</summary>
    public void Fail(Exception reason)
    {
        if (TryEnd())
        {
            OnFailed();
            TrySetException(reason);
            _scope?.OnEnded();
        }
    }

    /// <summary>Binds the operation to the handler run in which it was started.</summary>
    public void BelongTo(OperationScope scope) => _scope = scope;

    /// <summary>Says how many parts there are, before the first is sent. Zero completes at once.</summary>
    protected void Expect(int parts)
    {
        // The one part counted from the start covers the case of no parts at all.
        Interlocked.Add(ref _parts, parts);
        Done();
    }

    /// <summary>It has failed, and whoever waits for it does not know yet: what it had begun is to be undone.</summary>
    protected virtual void OnFailed()
    {
    }

    private bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
