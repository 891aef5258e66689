namespace AkkaChat.Stores;

/// <summary>
/// Logs in memory: gone with the process, whose next one begins new epochs. All logs together have a limit; over it the
/// oldest messages of the server go, whichever log they are in.
/// </summary>
public sealed class MemoryRoomLogStore : IRoomLogStore
{
    private static readonly TimeSpan EmptyKept = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomLogKey, MemoryLog> _logs = [];
    private readonly LinkedList<MemoryEntry> _byAge = new();
    private readonly long _maxBytes;
    private string _epoch = LogEpoch.New();
    private long _bytes;

    /// <param name="maxBytes">
    /// The most that all logs together take, in bytes with some overhead for each message; default 64 MiB.
    /// </param>
    public MemoryRoomLogStore(long maxBytes = 64 << 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _maxBytes = maxBytes;
    }

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogAppended>> AppendAsync(IReadOnlyList<LogAppend> group, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<LogAppended>>([.. group.Select(Append)]);
        }
    }

    /// <inheritdoc/>
    public Task<LogSlice> ReadAsync(RoomLogKey log, LogRange range, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_logs.TryGetValue(log, out var found)
                ? found.Read(range)
                : new LogSlice(new LogPosition(_epoch, 0), []));
        }
    }

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(RoomLogKey log, LogPosition position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_logs.TryGetValue(log, out var found) || found.Epoch != position.Epoch
                || found.Replace(position.Offset, content) is not var (before, after))
            {
                return Task.FromResult(false);
            }

            _byAge.AddAfter(before.Node, after.Node);
            _byAge.Remove(before.Node);
            _bytes += after.Cost - before.Cost;
            TrimBytes();
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<string> ResetAsync(RoomLogKey log, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var found = LogOf(log);
            while (found.Oldest is not null)
            {
                RemoveOldestOf(found);
            }

            found.Restart(LogEpoch.New(), now);
            return Task.FromResult(found.Epoch);
        }
    }

    /// <inheritdoc/>
    public Task TrimAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var log in _logs.Values)
            {
                TrimAge(log, now);
            }

            foreach (var log in _logs.Values.Where(log => log.Oldest is null).ToList())
            {
                // Where memory is short, room for messages counts more than epochs of empty logs.
                if (log.LastAt < now - EmptyKept || _bytes > _maxBytes / 2)
                {
                    Forget(log);
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private LogAppended Append(LogAppend append)
    {
        var log = LogOf(append.Log);
        if (append.MessageId is not null && log.Find(append.MessageId) is { } known)
        {
            return new LogAppended(new LogPosition(log.Epoch, known), IsRepeated: true);
        }

        var entry = log.Append(append);
        _byAge.AddLast(entry.Node);
        _bytes += entry.Cost;
        Trim(log, append);
        return new LogAppended(new LogPosition(log.Epoch, entry.Stored.Offset), IsRepeated: false);
    }

    private MemoryLog LogOf(RoomLogKey key)
    {
        if (!_logs.TryGetValue(key, out var log))
        {
            log = _logs[key] = new MemoryLog(key, _epoch);
            _bytes += log.Cost;
        }

        return log;
    }

    private void Trim(MemoryLog log, LogAppend append)
    {
        while (log.Count > append.Limits.MaxEntries)
        {
            RemoveOldestOf(log);
        }

        TrimAge(log, append.At);
        TrimBytes();
    }

    private void TrimBytes()
    {
        while (_bytes > _maxBytes && _byAge.First is { } oldest && oldest != _byAge.Last)
        {
            var owner = oldest.Value.Log;
            RemoveOldestOf(owner);
            if (owner.Oldest is null)
            {
                Forget(owner);
            }
        }
    }

    private void TrimAge(MemoryLog log, DateTimeOffset now)
    {
        while (log.Oldest is { } oldest && oldest.Stored.At < now - log.Limits.MaxAge)
        {
            RemoveOldestOf(log);
            if (log.Oldest is null)
            {
                log.BecameEmpty(now);
            }
        }
    }

    private void RemoveOldestOf(MemoryLog log)
    {
        var entry = log.RemoveOldest();
        _byAge.Remove(entry.Node);
        _bytes -= entry.Cost;
    }

    /// <summary>If it comes again it begins at 1, so it must not have the same epoch.</summary>
    private void Forget(MemoryLog log)
    {
        _logs.Remove(log.Key);
        _bytes -= log.Cost;
        _epoch = LogEpoch.New();
    }
}
