using System.Collections.Concurrent;

namespace AkkaChat.Delivery;

/// <summary>
/// Fails operations that have not ended in time. All have the same limit, so their deadlines stand in order and no
/// operation needs a timer of its own. Thread-safe.
/// </summary>
internal sealed class OperationDeadlines : IDisposable
{
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<(TimeSpan Due, Operation Operation)> _pending = new();
    private readonly Lock _trimming = new();
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly ServerLog _log;
    private readonly ITimer _timer;

    public OperationDeadlines(TimeSpan limit, TimeProvider time, ServerLog log)
    {
        _log = log;
        _limit = limit;
        _time = time;
        _timer = time.CreateTimer(_ => FailOverdue(), null, Resolution, Resolution);
    }

    /// <summary>Watches an operation, unless it has ended already.</summary>
    public void Watch(Operation operation)
    {
        if (!operation.HasEnded)
        {
            _pending.Enqueue((_time.Now() + _limit, operation));
            Trim(TimeSpan.MinValue, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void FailOverdue()
    {
        List<Operation> overdue = [];
        Trim(_time.Now(), overdue);
        if (overdue.Count > 0)
        {
            // Their tasks say so too, but perhaps nobody awaits these.
            _log.OperationsOverdue(overdue.Count, _limit.TotalSeconds);
        }

        foreach (var operation in overdue)
        {
            operation.Fail(new TimeoutException(
                $"The room did not take the operation within {_limit.TotalSeconds:0.###} s (akkachat.emit-timeout)."));
        }
    }

    /// <summary>Forgets what has ended or is overdue at the head. Whoever finds another at it leaves it to them.</summary>
    private void Trim(TimeSpan now, List<Operation>? overdue)
    {
        if (!_trimming.TryEnter())
        {
            return;
        }

        try
        {
            while (_pending.TryPeek(out var head) && (head.Operation.HasEnded || head.Due <= now))
            {
                _pending.TryDequeue(out _);
                if (!head.Operation.HasEnded)
                {
                    overdue?.Add(head.Operation);
                }
            }
        }
        finally
        {
            _trimming.Exit();
        }
    }
}
