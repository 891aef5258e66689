using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>
/// What each change does to the tables. Done twice it has no further effect, for every row says which change it is the
/// work of.
/// </summary>
internal static class ChangeWriter
{
    public static Task WriteAsync(DbSession session, string room, long offset, Change change) => change.Kind switch
    {
        Change.MessageSaid or Change.RoomChanged or Change.MemberChanged when change.Message is not null =>
            AddAsync(session, room, offset, change.Message),
        Change.Edited => EditAsync(session, room, offset, change),
        Change.Deleted => DeleteAsync(session, room, offset, change),
        Change.Reacted or Change.Unreacted => ReactAsync(session, room, offset, change),
        _ => Task.CompletedTask,
    };

    /// <summary>Nothing is added to a room that was deleted meanwhile.</summary>
    private static async Task AddAsync(DbSession session, string room, long offset, MessageShape message)
    {
        var files = ChatJson.Write(message.Files);
        var added = await session.ExecuteAsync(
            """
            INSERT INTO messages (room_id, id, author_id, at, text, version, message_key, reply_to, files, mentions, notice,
                edited_at, deleted_at, deleted_by)
            SELECT id, @offset, @By, @At, @Text, @offset, @Key, @replyTo, @files, @mentions, @notice,
                @EditedAt, @DeletedAt, @DeletedBy
            FROM rooms WHERE id = @room
            ON CONFLICT (room_id, id) DO NOTHING
            """,
            new
            {
                room,
                offset,
                message.By,
                message.At,
                message.Text,
                message.Key,
                replyTo = message.ReplyTo?.Id,
                files,
                mentions = ChatJson.Write(message.Mentions),
                notice = ChatJson.Write(message.Notice),

                // An imported message may have these from the beginning.
                message.EditedAt,
                message.DeletedAt,
                message.DeletedBy,
            });
        if (added > 0)
        {
            await session.ExecuteAsync(
                "UPDATE rooms SET last_at = @At WHERE id = @room AND (last_at IS NULL OR last_at < @At)", new { message.At, room });
            await MentionAsync(session, room, offset, message.Mentions);
            await FileClaims.KeepAsync(session, room, message.By, files);
            if (message.ReplyTo is { } quoted)
            {
                await LogRedactor.TraceAsync(session, room, quoted.Id, offset);
            }
        }
    }

    private static async Task EditAsync(DbSession session, string room, long offset, Change change)
    {
        var edited = await session.ExecuteAsync(
            """
            UPDATE messages SET text = @Text, mentions = @mentions, edited_at = @At, version = @offset
            WHERE room_id = @room AND id = @Id AND version < @offset AND deleted_at IS NULL
            """,
            new { change.Text, mentions = ChatJson.Write(change.Mentions), change.At, offset, room, change.Id });
        await LogRedactor.TraceAsync(session, room, change.Id!.Value, offset);
        if (edited > 0)
        {
            await ForgetMentionsAsync(session, room, change.Id);
            await MentionAsync(session, room, change.Id.Value, change.Mentions);
        }
    }

    /// <summary>The text goes, and the files; that there was a message stays.</summary>
    private static async Task DeleteAsync(DbSession session, string room, long offset, Change change)
    {
        var files = await session.FindAsync<string>(
            "SELECT files FROM messages WHERE room_id = @room AND id = @Id", new { room, change.Id });
        await session.ExecuteAsync(
            """
            UPDATE messages SET text = '', files = NULL, mentions = NULL, deleted_at = @At, deleted_by = @By
            WHERE room_id = @room AND id = @Id AND deleted_at IS NULL
            """,
            new { change.At, change.By, room, change.Id });
        await TouchAsync(session, room, offset, change);
        await LogRedactor.OrderAsync(session, room, change.Id!.Value);
        await FileClaims.LetGoAsync(session, room, files);
        await ForgetMentionsAsync(session, room, change.Id);
        await session.ExecuteAsync("DELETE FROM reactions WHERE room_id = @room AND message_id = @Id", new { room, change.Id });
    }

    private static async Task ReactAsync(DbSession session, string room, long offset, Change change)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO reactions (room_id, message_id, emoji, account_id, version, is_on)
            VALUES (@room, @Id, @Emoji, @By, @offset, @isOn)
            ON CONFLICT (room_id, message_id, emoji, account_id) DO UPDATE SET version = excluded.version, is_on = excluded.is_on
            WHERE reactions.version < excluded.version
            """,
            new { room, change.Id, change.Emoji, change.By, offset, isOn = change.Kind == Change.Reacted ? 1L : 0L });
        await TouchAsync(session, room, offset, change);
    }

    private static Task TouchAsync(DbSession session, string room, long offset, Change change) => session.ExecuteAsync(
        "UPDATE messages SET version = @offset WHERE room_id = @room AND id = @Id AND version < @offset", new { offset, room, change.Id });

    private static Task ForgetMentionsAsync(DbSession session, string room, long? message) =>
        session.ExecuteAsync("DELETE FROM mentions WHERE room_id = @room AND message_id = @message", new { room, message });

    private static async Task MentionAsync(DbSession session, string room, long message, IReadOnlyList<string>? mentioned)
    {
        if (mentioned is { Count: > 0 })
        {
            await session.ExecuteAsync(
                """
                INSERT INTO mentions (room_id, account_id, message_id) VALUES (@room, @account, @message)
                ON CONFLICT (room_id, account_id, message_id) DO NOTHING
                """,
                mentioned.Select(account => new { room, account, message }));
        }
    }
}
