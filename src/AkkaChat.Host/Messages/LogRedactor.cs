using System.Collections.Concurrent;
using System.Text.Json;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>
/// Takes out of the logs what deleted messages said, so that nobody catches up on it: the message itself, edits of it, and answers
/// that quote it. What is to be done is in a table until it is done; done twice it has no further effect. Thread-safe.
/// </summary>
internal sealed class LogRedactor(IAkkaChat io, ChatDatabase database)
{
    // Where nothing is left to do, as far as this process knows.
    private readonly ConcurrentDictionary<string, bool> _done = new(StringComparer.Ordinal);

    /// <summary>Whether after that change there may be something to do.</summary>
    public static bool Concerns(Change change) =>
        change.Kind is Change.Deleted or Change.Edited || change.Message?.ReplyTo is not null;

    /// <summary>An entry of the log has words of a message. If that was deleted before, they are to go.</summary>
    public static async Task TraceAsync(DbSession session, string room, long message, long offset)
    {
        var trace = new { room, message, offset };
        await session.ExecuteAsync(
            """
            INSERT INTO message_traces (room_id, message_id, log_offset) SELECT id, @message, @offset FROM rooms WHERE id = @room
            ON CONFLICT (room_id, message_id, log_offset) DO NOTHING
            """,
            trace);
        await session.ExecuteAsync(
            """
            INSERT INTO redactions (room_id, log_offset, message_id)
            SELECT room_id, @offset, id FROM messages WHERE room_id = @room AND id = @message AND deleted_at IS NOT NULL
            ON CONFLICT (room_id, log_offset, message_id) DO NOTHING
            """,
            trace);
    }

    /// <summary>A message is deleted: its words are to go wherever they are.</summary>
    public static async Task OrderAsync(DbSession session, string room, long message)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO redactions (room_id, log_offset, message_id)
            SELECT room_id, log_offset, message_id FROM message_traces WHERE room_id = @room AND message_id = @message
            UNION SELECT room_id, id, id FROM messages WHERE room_id = @room AND id = @message
            ON CONFLICT (room_id, log_offset, message_id) DO NOTHING
            """,
            new { room, message });
        await session.ExecuteAsync("DELETE FROM message_traces WHERE room_id = @room AND message_id = @message", new { room, message });
    }

    /// <summary>There may be something to do in the room.</summary>
    public void Wake(string room) => _done.TryRemove(room, out _);

    /// <summary>Does what is to be done in a room: what an earlier process left undone, and what it was woken for.</summary>
    /// <exception cref="EventException">The log is not available; what is left to do will be done by the next call.</exception>
    public async Task RunAsync(string room, string epoch)
    {
        if (!_done.ContainsKey(room))
        {
            await RedactAsync(room, epoch);
            _done[room] = true;
        }
    }

    private async Task RedactAsync(string room, string epoch)
    {
        var ordered = await database.ReadAsync(session => session.QueryAsync<Redaction>(
            """
            SELECT o.log_offset, o.message_id, m.deleted_at, m.deleted_by
            FROM redactions o JOIN messages m ON m.room_id = o.room_id AND m.id = o.message_id
            WHERE o.room_id = @room ORDER BY o.log_offset
            """,
            new { room }));
        foreach (var redaction in ordered)
        {
            await RedactAsync(room, new LogPosition(epoch, redaction.LogOffset), redaction);
            await database.WriteAsync(session => session.ExecuteAsync(
                "DELETE FROM redactions WHERE room_id = @room AND log_offset = @LogOffset AND message_id = @MessageId",
                new { room, redaction.LogOffset, redaction.MessageId }));
        }
    }

    private async Task RedactAsync(string room, LogPosition place, Redaction redaction)
    {
        var log = io.LogOf(RoomChanges.KeyOf(room));
        var page = await log.ReadAsync(place with { Offset = place.Offset - 1 }, limit: 1);
        if (page.Top.Epoch == place.Epoch && page.Entries is [var entry] && entry.Offset == place.Offset
            && ChangeOf(entry) is { } change && Without(change, place.Offset, redaction) is { } left)
        {
            await log.ReplaceAsync(place, RoomChanges.EventName, room, left);
        }
    }

    private static Change? ChangeOf(LogEntry entry)
    {
        try
        {
            return RoomChanges.Read(entry);
        }
        catch (JsonException)
        {
            return null; // Not the chat's.
        }
    }

    /// <summary>What is left of a change without the words of the message; null if it has none.</summary>
    private static Change? Without(Change change, long offset, Redaction redaction) => change switch
    {
        { Kind: Change.MessageSaid, Message: { } message } when offset == redaction.MessageId => change with { Message = Deleted(message, redaction) },
        { Kind: Change.MessageSaid, Message: { ReplyTo: { } quote } message } when quote.Id == redaction.MessageId =>
            change with { Message = message with { ReplyTo = quote with { Text = "" } } },
        { Kind: Change.Edited } when change.Id == redaction.MessageId => new Change { Kind = Change.Nothing },
        _ => null,
    };

    private static MessageShape Deleted(MessageShape message, Redaction redaction) => message with
    {
        Text = "",
        Files = null,
        Mentions = null,
        DeletedAt = redaction.DeletedAt,
        DeletedBy = redaction.DeletedBy,
    };

    /// <summary>An entry of a log that has words of a deleted message.</summary>
    private sealed record Redaction
    {
        public long LogOffset { get; init; }

        public long MessageId { get; init; }

        public long? DeletedAt { get; init; }

        public string? DeletedBy { get; init; }
    }
}
