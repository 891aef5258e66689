using System.Collections.Concurrent;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>
/// Knows up to where the log of each room is in the tables. Offsets are the ids of messages and so must go on counting. Where a
/// log has been lost (its file deleted, an older one restored), the new one is filled up to where the old one had come.
/// </summary>
internal sealed class LogNumbering(IAkkaChat io, ChatDatabase database)
{
    private const int AtOnce = 500;

    private readonly ConcurrentDictionary<string, LogPosition> _positions = new(StringComparer.Ordinal);

    /// <summary>From where to read on; null if there is no such room.</summary>
    public async Task<LogPosition?> PositionAsync(string room)
    {
        if (_positions.TryGetValue(room, out var position))
        {
            return position;
        }

        return await FindAsync(room) is { } found ? _positions[room] = found : null;
    }

    /// <summary>All up to there is in the tables.</summary>
    public void Advance(string room, LogPosition to) => _positions[room] = to;

    /// <summary>The log is not the one that it was.</summary>
    public void Forget(string room) => _positions.TryRemove(room, out _);

    private async Task<LogPosition?> FindAsync(string room)
    {
        var known = await database.ReadAsync(session => session.FindAsync<KnownPosition>(
            "SELECT log_epoch, log_offset FROM rooms WHERE id = @room", new { room }));
        if (known is null)
        {
            return null;
        }

        var top = (await io.LogOf(RoomChanges.KeyOf(room)).ReadAsync(limit: 1, reverse: true)).Top;
        if (known.LogEpoch is null || known.LogEpoch == top.Epoch)
        {
            return new LogPosition(top.Epoch, known.LogOffset);
        }

        await FillAsync(room, known.LogOffset - top.Offset);
        await database.WriteAsync(session => session.ExecuteAsync(
            "UPDATE rooms SET log_epoch = @Epoch WHERE id = @room", new { top.Epoch, room }));
        return new LogPosition(top.Epoch, known.LogOffset);
    }

    private async Task FillAsync(string room, long missing)
    {
        var log = io.LogOf(RoomChanges.KeyOf(room));
        var filler = new Change { Kind = Change.Nothing };
        for (; missing > 0; missing -= AtOnce)
        {
            var count = (int)Math.Min(missing, AtOnce);
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => log.PublishAsync(RoomChanges.EventName, room, filler)));
        }
    }

    private sealed record KnownPosition
    {
        public string? LogEpoch { get; init; }

        public long LogOffset { get; init; }
    }
}
