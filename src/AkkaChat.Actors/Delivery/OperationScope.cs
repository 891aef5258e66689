using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>
/// The operations of one run of a handler. They take effect in the order of their calls, awaited or not: one starts
/// when those before it have ended, or at once if they all concern the same room. The run's ack waits for all of them.
/// Thread-safe.
/// </summary>
internal sealed class OperationScope
{
    private static readonly AsyncLocal<OperationScope?> InFlow = new();

    private readonly Lock _gate = new();
    private Queue<Operation>? _waiting;
    private RoomName? _target;
    private int _running;
    private bool _isStarting;
    private TaskCompletionSource? _drained;
    private bool _closed;

    /// <summary>The scope of the handler in whose flow this code runs; null outside of handlers.</summary>
    public static OperationScope? Current
    {
        get => InFlow.Value;
        set => InFlow.Value = value;
    }

    private bool IsIdle => _running == 0 && _waiting is not { Count: > 0 };

    /// <summary>Starts an operation in its turn, in the scope of the handler in whose flow this code runs.</summary>
    public static Task Run(Operation operation)
    {
        if (Current is { } scope && scope.TryTake(operation, out var first))
        {
            scope.StartWhatCan(first);
        }
        else
        {
            operation.Start();
        }

        return operation.Task;
    }

    /// <summary>
    /// Closes the scope and completes once all operations in it have ended. Code that runs on in the background after
    /// its handler has ended works without a scope.
    /// </summary>
    public ValueTask CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (IsIdle)
            {
                return ValueTask.CompletedTask;
            }

            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_drained.Task);
        }
    }

    /// <summary>One of the running operations has ended.</summary>
    public void OnEnded()
    {
        TaskCompletionSource? drained;
        lock (_gate)
        {
            _running--;
            drained = IsIdle ? _drained : null;
        }

        drained?.TrySetResult();
        StartWhatCan(TakeNext());
    }

    /// <summary>Takes an operation in; <paramref name="first"/> is what to start now, if anything.</summary>
    private bool TryTake(Operation operation, out Operation? first)
    {
        first = null;
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            operation.BelongTo(this);
            if (!_isStarting && _waiting is not { Count: > 0 } && CanStart(operation))
            {
                first = Begin(operation);
            }
            else
            {
                (_waiting ??= new Queue<Operation>()).Enqueue(operation);
            }

            return true;
        }
    }

    /// <summary>
    /// Starts what may run now, one after the other and in one thread at a time, so that two never change places. An
    /// operation that ends while it is being started comes back here by <see cref="OnEnded"/> and leaves the rest to
    /// the loop that runs already: however many there are, the stack stays flat.
    /// </summary>
    private void StartWhatCan(Operation? first)
    {
        for (var operation = first; operation is not null; operation = TakeNext())
        {
            try
            {
                operation.Start();
            }
            catch (Exception exception)
            {
                operation.Fail(exception);
            }

            lock (_gate)
            {
                _isStarting = false;
            }
        }
    }

    private Operation? TakeNext()
    {
        lock (_gate)
        {
            if (_isStarting || _waiting is not { Count: > 0 } || !CanStart(_waiting.Peek()))
            {
                return null;
            }

            return Begin(_waiting.Dequeue());
        }
    }

    private Operation Begin(Operation operation)
    {
        _isStarting = true;
        _running++;
        _target = operation.Target;
        return operation;
    }

    private bool CanStart(Operation operation) =>
        _running == 0 || (_target is not null && _target == operation.Target);
}
