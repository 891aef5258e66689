using System.Collections.Concurrent;

namespace AkkaChat.Sockets;

/// <summary>The calls to one client that wait for its answer. Thread-safe.</summary>
internal sealed class AwaitedAcks
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<EventArguments>> _waiting = new(1, 3);
    private const long SharedIds = 1L << 30;

    /// <summary>Nodes begin anywhere, so that calls of two of them to one socket hardly ever have the same number.</summary>
    private static long _lastSharedId = Random.Shared.NextInt64(SharedIds);

    private long _lastId = -1;
    private volatile bool _isClosed;

    /// <summary>
    /// A number for a call to several sockets, from the upper half of what a client may keep in 32 bits with a sign; the
    /// calls to one socket count from 0 and do not reach it.
    /// </summary>
    public static long NextSharedId() => SharedIds + (Interlocked.Increment(ref _lastSharedId) % SharedIds);

    /// <summary>Takes a number for a call, and waits for its answer.</summary>
    public (long Id, Task<EventArguments> Answer) Add()
    {
        var id = Interlocked.Increment(ref _lastId);
        TryAdd(id, out var answer);
        return (id, answer);
    }

    /// <summary>Waits for the answer to a call with a shared number; false if another call has that number just now.</summary>
    public bool TryAdd(long id, out Task<EventArguments> answer)
    {
        var waiting = new TaskCompletionSource<EventArguments>(TaskCreationOptions.RunContinuationsAsynchronously);
        answer = waiting.Task;
        var isAdded = _waiting.TryAdd(id, waiting);
        if (isAdded && _isClosed)
        {
            // Closing has perhaps not seen it.
            Fail(id);
        }

        return isAdded;
    }

    /// <summary>Nobody waits for that answer any more; one that still comes is ignored.</summary>
    public void Forget(long id) => _waiting.TryRemove(id, out _);

    /// <summary>Hands an answer to the one who waits. False: nobody does, and the answer is ignored.</summary>
    public bool TryComplete(long id, EventArguments answer) =>
        _waiting.TryRemove(id, out var waiting) && waiting.TrySetResult(answer);

    /// <summary>No answer will come any more: whoever waits is told at once.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (var id in _waiting.Keys)
        {
            Fail(id);
        }
    }

    private void Fail(long id)
    {
        if (_waiting.TryRemove(id, out var waiting))
        {
            waiting.TrySetException(new SocketDisconnectedException(
                "The client disconnected before it acknowledged the event."));
        }
    }
}
