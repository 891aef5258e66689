namespace AkkaChat.Sockets;

/// <summary>
/// The handlers of one socket that wait and run. They run one at a time, in order; only runs of handlers marked as
/// concurrent may overlap with each other. No actor, no clock; not thread-safe.
/// </summary>
internal sealed class HandlerQueue(Socket socket)
{
    private readonly Queue<IHandlerRun> _waiting = new();
    private readonly List<IHandlerRun> _running = [];

    public Socket Socket { get; } = socket;

    /// <summary>Whether nothing runs or waits.</summary>
    public bool IsIdle => _running.Count == 0 && _waiting.Count == 0;

    public void Add(IHandlerRun run) => _waiting.Enqueue(run);

    /// <summary>Takes the next one if it may start; it runs until <see cref="Complete"/>.</summary>
    public bool TryStart(out IHandlerRun run)
    {
        if (!_waiting.TryPeek(out run!) || !MayStart(run))
        {
            return false;
        }

        _waiting.Dequeue();
        _running.Add(run);
        return true;
    }

    /// <summary>A running one is done.</summary>
    public void Complete(IHandlerRun run) => _running.Remove(run);

    /// <summary>Takes out all that wait.</summary>
    public IReadOnlyList<IHandlerRun> Clear()
    {
        IReadOnlyList<IHandlerRun> dropped = [.. _waiting];
        _waiting.Clear();
        return dropped;
    }

    private bool MayStart(IHandlerRun next)
    {
        if (_running.Count == 0)
        {
            return true;
        }

        return next.Concurrency > 1
            && _running.TrueForAll(run => run.Concurrency > 1)
            && _running.Count(run => run.Kind == next.Kind) < next.Concurrency;
    }
}

/// <summary>One call of an application's handler.</summary>
internal interface IHandlerRun
{
    /// <summary>Bytes of the client's that it keeps until it has ended.</summary>
    int Size { get; }

    /// <summary>How many runs of the same kind may overlap; 1: it overlaps with nothing.</summary>
    int Concurrency { get; }

    /// <summary>Tells the runs of one handler from those of others.</summary>
    object? Kind { get; }

    /// <summary>Calls the handler. Never throws; may complete in another thread.</summary>
    ValueTask RunAsync();

    /// <summary>Takes the consequences, in the session's actor, after the handler or instead of it.</summary>
    void OnEnded(bool hasRun);
}
