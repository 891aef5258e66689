using System.Diagnostics.CodeAnalysis;
using AkkaChat.Stores;

namespace AkkaChat.Logs.Clustered;

/// <summary>
/// Reads what sockets have missed, once for all that miss the same; only so many at a time. A log that cannot be read is tried
/// again later. Thread-safe.
/// </summary>
/// <param name="read">Reads a log behind a position.</param>
/// <param name="failed">Hears of what could not be read.</param>
/// <param name="time">The clock.</param>
[SuppressMessage("Design", "CA1001", Justification = "Its semaphore has no handle and needs no disposal.")]
internal sealed class SharedReads(
    Func<RoomLogKey, LogPosition, Task<LogReplay>> read, Action<Exception, RoomLogKey> failed, TimeProvider time)
{
    private const int MostAtOnce = 32;

    /// <summary>So long others may come that miss the same.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<(RoomLogKey Log, LogPosition At), Task<LogReplay?>> _waiting = [];
    private readonly SemaphoreSlim _free = new(MostAtOnce, MostAtOnce);

    /// <summary>What is in a log behind a position, read after this call; null if it was not to be had.</summary>
    public Task<LogReplay?> ReadAsync(RoomLogKey log, LogPosition at)
    {
        lock (_gate)
        {
            return _waiting.TryGetValue((log, at), out var waiting) ? waiting : _waiting[(log, at)] = RunAsync(log, at);
        }
    }

    private async Task<LogReplay?> RunAsync(RoomLogKey log, LogPosition at)
    {
        await Task.Delay(Gathering, time).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _free.WaitAsync();
        lock (_gate)
        {
            // Who comes from now on may have seen what this read does not.
            _waiting.Remove((log, at));
        }

        if (await TryReadAsync(log, at) is { } replay)
        {
            return replay;
        }

        await Task.Delay(RetryAfter, time);
        return null;
    }

    private async Task<LogReplay?> TryReadAsync(RoomLogKey log, LogPosition at)
    {
        try
        {
            return await read(log, at);
        }
        catch (Exception exception)
        {
            failed(exception, log);
            return null;
        }
        finally
        {
            _free.Release();
        }
    }
}
