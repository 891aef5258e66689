using System.Collections.Concurrent;

namespace AkkaChat.Testing.Connections;

/// <summary>A test client's own handlers of the server's events. Thread-safe.</summary>
internal sealed class ClientHandlers
{
    private readonly ConcurrentDictionary<string, Func<EventArguments, Task<object?>>> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _running = new(StringComparer.Ordinal);
    private Exception? _failure;

    /// <summary>What a handler has thrown; null if none has.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>The event of a handler that has not ended; null if all have.</summary>
    public string? Running => _running.FirstOrDefault(running => running.Value > 0).Key;

    public void Set(string eventName, Func<EventArguments, Task<object?>> handler) => _handlers[eventName] = handler;

    /// <summary>Runs the handler of an event, and then what is to be done with its result. False: there is none.</summary>
    public bool TryRun(string eventName, EventArguments arguments, Func<object?, Task> then)
    {
        if (!_handlers.TryGetValue(eventName, out var handler))
        {
            return false;
        }

        _running.AddOrUpdate(eventName, 1, static (_, count) => count + 1);
        _ = RunAsync(eventName, () => handler(arguments), then);
        return true;
    }

    private async Task RunAsync(string eventName, Func<Task<object?>> handler, Func<object?, Task> then)
    {
        try
        {
            await then(await handler());
        }
        catch (IOException)
        {
            // The answer cannot be sent any more.
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
        }
        finally
        {
            _running.AddOrUpdate(eventName, 0, static (_, count) => count - 1);
        }
    }
}
