namespace AkkaChat.Sockets;

/// <summary>
/// The handlers of one socket that wait: they run one at a time, in order. No actor, no clock; not thread-safe.
/// </summary>
internal sealed class HandlerQueue(Socket socket)
{
    private readonly Queue<IHandlerRun> _waiting = new();
    private IHandlerRun? _running;

    public Socket Socket { get; } = socket;

    /// <summary>Whether nothing runs or waits.</summary>
    public bool IsIdle => _running is null && _waiting.Count == 0;

    public void Add(IHandlerRun run) => _waiting.Enqueue(run);

    /// <summary>Takes the next one if none runs; it runs until <see cref="Complete"/>.</summary>
    public bool TryStart(out IHandlerRun run)
    {
        run = _running!;
        if (_running is not null || !_waiting.TryDequeue(out var next))
        {
            return false;
        }

        run = _running = next;
        return true;
    }

    /// <summary>The running one is done.</summary>
    public IHandlerRun? Complete()
    {
        var run = _running;
        _running = null;
        return run;
    }

    /// <summary>Takes out all that wait.</summary>
    public IReadOnlyList<IHandlerRun> Clear()
    {
        IReadOnlyList<IHandlerRun> dropped = [.. _waiting];
        _waiting.Clear();
        return dropped;
    }
}

/// <summary>One call of an application's handler.</summary>
internal interface IHandlerRun
{
    /// <summary>Bytes of the client's that it keeps until it has ended.</summary>
    int Size { get; }

    /// <summary>Calls the handler. Never throws; may complete in another thread.</summary>
    ValueTask RunAsync();

    /// <summary>Takes the consequences, in the session's actor, after the handler or instead of it.</summary>
    void OnEnded(bool hasRun);
}
