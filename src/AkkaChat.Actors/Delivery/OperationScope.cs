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
    private TaskCompletionSource? _drained;
    private bool _closed;

    /// <summary>The scope of the handler in whose flow this code runs; null outside of handlers.</summary>
    public static OperationScope? Current
    {
        get => InFlow.Value;
        set => InFlow.Value = value;
    }

    /// <summary>Starts an operation in its turn, in the scope of the handler in whose flow this code runs.</summary>
    public static Task Run(Operation operation)
    {
        var scope = Current;
        if (scope is null || !scope.TryTake(operation, out var startNow))
        {
            startNow = true;
        }

        if (startNow)
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
            if (_running == 0)
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
        List<Operation> next = [];
        TaskCompletionSource? drained = null;
        lock (_gate)
        {
            _running--;
            if (_running == 0)
            {
                TakeNext(next);
                drained = _running == 0 ? _drained : null;
            }
        }

        foreach (var operation in next)
        {
            operation.Start();
        }

        drained?.TrySetResult();
    }

    private bool TryTake(Operation operation, out bool startNow)
    {
        startNow = false;
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            operation.BelongTo(this);
            if (CanStart(operation))
            {
                Begin(operation);
                startNow = true;
            }
            else
            {
                (_waiting ??= new Queue<Operation>()).Enqueue(operation);
            }

            return true;
        }
    }

    private bool CanStart(Operation operation) =>
        _running == 0 || (_waiting is not { Count: > 0 } && _target is not null && _target == operation.Target);

    private void Begin(Operation operation)
    {
        _running++;
        _target = operation.Target;
    }

    private void TakeNext(List<Operation> next)
    {
        while (_waiting is { Count: > 0 } && CanStartNext(_waiting.Peek()))
        {
            var operation = _waiting.Dequeue();
            Begin(operation);
            next.Add(operation);
        }
    }

    private bool CanStartNext(Operation operation) =>
        _running == 0 || (_target is not null && _target == operation.Target);
}
