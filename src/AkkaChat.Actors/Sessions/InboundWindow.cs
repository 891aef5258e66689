using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Sessions;

/// <summary>
/// How much of what a client has sent may wait or run at once. A transport passes each packet through here before it
/// hands it on; while the window is closed it does not read, and TCP slows the client down. Thread-safe; one reader
/// waits at a time.
/// </summary>
internal sealed class InboundWindow(int maxEvents, long maxBytes, TimeProvider time)
{
    private readonly Lock _gate = new();
    private int _events;
    private long _bytes;
    private TaskCompletionSource? _reopened;
    private ReadStall? _stall;
    private bool _isAlwaysOpen;

    /// <summary>The last time a reader had to wait here; null if none ever had.</summary>
    public ReadStall? LastStall
    {
        get
        {
            lock (_gate)
            {
                return _stall;
            }
        }
    }

    /// <summary>How much of what the client has sent waits or runs now: packets, and events until their handlers end.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _events;
            }
        }
    }

    /// <summary>Waits until the window is open and takes the room of one packet. Throws if cancelled.</summary>
    public ValueTask EnterAsync(int bytes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (IsOpen)
            {
                Take(bytes);
                return ValueTask.CompletedTask;
            }
        }

        return new ValueTask(EnterLaterAsync(bytes, cancellationToken));
    }

    /// <summary>Takes room without waiting, for what is already in memory.</summary>
    public void Hold(int bytes)
    {
        lock (_gate)
        {
            Take(bytes);
        }
    }

    /// <summary>Gives the room of one packet back.</summary>
    public void Release(int bytes)
    {
        TaskCompletionSource? reopened = null;
        lock (_gate)
        {
            _events--;
            _bytes -= bytes;
            if (IsOpen)
            {
                reopened = TakeWaiter();
            }
        }

        reopened?.TrySetResult();
    }

    /// <summary>The session has ended and drops whatever still comes, so nobody waits for room.</summary>
    public void OpenForEver()
    {
        TaskCompletionSource? reopened;
        lock (_gate)
        {
            _isAlwaysOpen = true;
            reopened = TakeWaiter();
        }

        reopened?.TrySetResult();
    }

    private bool IsOpen => _isAlwaysOpen || (_events < maxEvents && _bytes < maxBytes);

    private void Take(int bytes)
    {
        _events++;
        _bytes += bytes;
    }

    private Task Wait()
    {
        if (_reopened is null)
        {
            _stall = new ReadStall(time.Now(), null);
            _reopened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return _reopened.Task;
    }

    private TaskCompletionSource? TakeWaiter()
    {
        if (_reopened is null)
        {
            return null;
        }

        var waiter = _reopened;
        _reopened = null;
        _stall = _stall is { } stall ? stall with { Until = time.Now() } : null;
        return waiter;
    }

    private async Task EnterLaterAsync(int bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task reopened;
            lock (_gate)
            {
                if (IsOpen)
                {
                    Take(bytes);
                    return;
                }

                reopened = Wait();
            }

            await reopened.WaitAsync(cancellationToken);
        }
    }
}
