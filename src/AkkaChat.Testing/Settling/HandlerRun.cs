using System.Collections.Concurrent;

namespace AkkaChat.Testing.Settling;

/// <summary>
/// One run of a handler of the application, from its middleware on. It knows of the timers that were set in its flow:
/// while one is pending, the handler waits for the clock, or for a client's answer, which has a time limit.
/// </summary>
internal sealed class HandlerRun(string socketId, string eventName)
{
    private static readonly AsyncLocal<HandlerRun?> InFlow = new();

    private int _timers;

    /// <summary>The run in whose flow this code is; null outside of handlers.</summary>
    public static HandlerRun? Current
    {
        get => InFlow.Value;
        set => InFlow.Value = value;
    }

    public string SocketId => socketId;

    public string EventName => eventName;

    /// <summary>Whether it waits for something that comes only when the test does something.</summary>
    public bool IsParked => Volatile.Read(ref _timers) > 0;

    public void OnTimerSet() => Interlocked.Increment(ref _timers);

    public void OnTimerEnded() => Interlocked.Decrement(ref _timers);
}

/// <summary>The handlers that run now. Thread-safe.</summary>
internal sealed class HandlerRuns
{
    private readonly ConcurrentDictionary<HandlerRun, bool> _running = new();
    private long _changes;

    /// <summary>Counts beginnings and ends.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Middleware that watches the handlers.</summary>
    public async ValueTask<object?> WatchAsync(EventContext context, Func<ValueTask<object?>> next)
    {
        var run = new HandlerRun(context.Socket.Id, context.EventName);
        HandlerRun.Current = run;
        _running[run] = true;
        Interlocked.Increment(ref _changes);
        try
        {
            return await next();
        }
        finally
        {
            _running.TryRemove(run, out _);
            Interlocked.Increment(ref _changes);
        }
    }

    /// <summary>The runs for these sockets.</summary>
    public IReadOnlyList<HandlerRun> Of(IReadOnlyCollection<string> socketIds) =>
        [.. _running.Keys.Where(run => socketIds.Contains(run.SocketId))];
}
