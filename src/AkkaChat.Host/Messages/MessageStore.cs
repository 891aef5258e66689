using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Messages;

/// <summary>The messages of rooms as they are now, in the database. Thread-safe.</summary>
internal sealed class MessageStore(ChatDatabase database, MessageProjector projector)
{
    /// <summary>
    /// The message; null if there is none. It is as all changes have made it that had been acknowledged before the call, on any
    /// node: of one that was deleted nothing more is quoted.
    /// </summary>
    public async Task<MessageRow?> FindAsync(string room, long id)
    {
        await projector.SettleAsync(room);
        return await database.ReadAsync(session => session.FindAsync<MessageRow>(
            $"{MessageRow.Select} WHERE m.room_id = @room AND m.id = @id", new { room, id }));
    }

    /// <summary>A part of the history. It contains all changes that had been acknowledged before the call.</summary>
    /// <param name="room">The room.</param>
    /// <param name="range">Which part.</param>
    /// <param name="reader">Who will see it.</param>
    public async Task<HistoryPage> HistoryAsync(string room, HistoryRange range, string reader)
    {
        await projector.SettleAsync(room);
        return await database.ReadAsync(async session =>
        {
            // Before the messages: what is changed in between will be told again, and has no second effect.
            var position = await session.FindAsync<Projected>("SELECT log_epoch, log_offset FROM rooms WHERE id = @room", new { room });
            var around = range.Around ?? (range.At is { } at ? await FirstSinceAsync(session, room, at) : null);
            var rows = around is { } middle
                ? await AroundAsync(session, room, middle, range.Limit)
                : await PageAsync(session, room, range.Before, range.After, range.Limit);
            var hasOlder = rows.Count == 0 ? range.After is not null : await IsThereAsync(session, room, "<", rows[0].Id);
            var hasNewer = rows.Count == 0 ? range.Before is not null : await IsThereAsync(session, room, ">", rows[^1].Id);
            var upTo = new LogPosition(position?.LogEpoch ?? "", position?.LogOffset ?? 0);
            return new HistoryPage(await ShapeAsync(session, rows, reader), upTo, hasOlder, hasNewer);
        });
    }

    /// <summary>How many kinds of reactions others have put to a message.</summary>
    public Task<long> CountReactionsAsync(string room, long id, string except) => database.ReadAsync(session => session.FindAsync<long>(
        """
        SELECT count(DISTINCT emoji) FROM reactions WHERE room_id = @room AND message_id = @id AND is_on = 1 AND emoji <> @except
        """,
        new { room, id, except }));

    /// <summary>Messages that have all the words, the newest first, in the rooms of a person or in one of them.</summary>
    /// <param name="account">Who searches: only what they may read is found.</param>
    /// <param name="words">Words, or how they begin.</param>
    /// <param name="room">One room; null: all.</param>
    /// <param name="before">Only rows below this one.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>The messages, and the row to go on before; null at the end.</returns>
    public Task<(IReadOnlyList<MessageShape> Found, long? Next)> SearchAsync(
        string account, IReadOnlyList<string> words, string? room, long? before, int limit) => database.ReadAsync(async session =>
    {
        var rows = await session.QueryAsync<FoundRow>(
            $"""
            SELECT m.row, m.room_id, m.id FROM messages m JOIN members a ON a.room_id = m.room_id AND a.account_id = @account
            WHERE {database.Dialect.SearchCondition} AND m.deleted_at IS NULL AND m.notice IS NULL
                AND (@room IS NULL OR m.room_id = @room) AND (@before IS NULL OR m.row < @before)
            ORDER BY m.row DESC LIMIT @limit
            """,
            new { account, words = database.Dialect.SearchWords(words), room, before, limit });
        var found = new List<MessageShape>();
        foreach (var row in rows)
        {
            var message = await session.FindAsync<MessageRow>($"{MessageRow.Select} WHERE m.room_id = @RoomId AND m.id = @Id", row);
            found.Add(message!.ShapeFor(account, null));
        }

        return ((IReadOnlyList<MessageShape>)found, rows.Count == limit ? rows[^1].Row : (long?)null);
    });

    private static Task<long?> FirstSinceAsync(DbSession session, string room, long at) => session.FindAsync<long?>(
        "SELECT id FROM messages WHERE room_id = @room AND at >= @at ORDER BY at, id LIMIT 1", new { room, at });

    private static async Task<bool> IsThereAsync(DbSession session, string room, string direction, long id) =>
        await session.FindAsync<long?>($"SELECT id FROM messages WHERE room_id = @room AND id {direction} @id LIMIT 1", new { room, id }) is not null;

    private static async Task<List<MessageRow>> AroundAsync(DbSession session, string room, long id, int limit)
    {
        var before = await PageAsync(session, room, id, null, limit / 2);
        return [.. before, .. await PageAsync(session, room, null, id - 1, limit - before.Count)];
    }

    private static async Task<List<MessageRow>> PageAsync(DbSession session, string room, long? before, long? after, int limit)
    {
        var isUpwards = after is not null;
        var rows = await session.QueryAsync<MessageRow>(
            $"""
            {MessageRow.Select} WHERE m.room_id = @room AND m.id < @before AND m.id > @after
            ORDER BY m.id {(isUpwards ? "" : "DESC")} LIMIT @limit
            """,
            new { room, before = before ?? long.MaxValue, after = after ?? 0, limit });
        if (!isUpwards)
        {
            rows.Reverse();
        }

        return rows;
    }

    private static async Task<IReadOnlyList<MessageShape>> ShapeAsync(DbSession session, List<MessageRow> rows, string reader)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var reactions = await session.QueryAsync<ReactionRow>(
            """
            SELECT message_id, emoji, account_id FROM reactions
            WHERE room_id = @RoomId AND message_id BETWEEN @first AND @last AND is_on = 1 ORDER BY version
            """,
            new { rows[0].RoomId, first = rows[0].Id, last = rows[^1].Id });
        var byMessage = reactions.ToLookup(reaction => reaction.MessageId);
        return rows.ConvertAll(row => row.ShapeFor(reader, KindsOf(byMessage[row.Id])));
    }

    private static List<ReactionShape>? KindsOf(IEnumerable<ReactionRow> reactions)
    {
        var kinds = reactions.GroupBy(reaction => reaction.Emoji, StringComparer.Ordinal)
            .Select(kind => new ReactionShape(kind.Key, [.. kind.Select(reaction => reaction.AccountId)]))
            .ToList();
        return kinds.Count > 0 ? kinds : null;
    }

    private sealed record Projected
    {
        public string? LogEpoch { get; init; }

        public long LogOffset { get; init; }
    }

    private sealed record FoundRow
    {
        public long Row { get; init; }

        public required string RoomId { get; init; }

        public long Id { get; init; }
    }

    private sealed record ReactionRow
    {
        public long MessageId { get; init; }

        public required string Emoji { get; init; }

        public required string AccountId { get; init; }
    }
}
