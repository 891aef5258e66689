using Npgsql;

namespace AkkaChat.Stores.PostgreSql;

/// <summary>
/// Appends a group of messages within one transaction, by as many statements however many messages there are.
/// </summary>
internal sealed class PostgreSqlAppend(NpgsqlTransaction transaction, IReadOnlyList<LogAppend> group)
{
    private readonly List<(Log Log, long Offset, LogAppend Append)> _new = [];
    private Dictionary<RoomLogKey, Log> _logs = [];

    public async Task<IReadOnlyList<LogAppended>> RunAsync(CancellationToken cancellationToken)
    {
        await FindLogsAsync(cancellationToken);
        await FindRepeatedAsync(cancellationToken);
        LogAppended[] results = [.. group.Select(Place)];
        if (_new.Count > 0)
        {
            await InsertAsync(cancellationToken);
            await SaveLogsAsync(cancellationToken);
        }

        return results;
    }

    /// <summary>Changes a message's content; false if there is no such message.</summary>
    public static async Task<bool> ReplaceAsync(
        NpgsqlTransaction transaction, RoomLogKey key, LogPosition position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        await transaction.ExecuteAsync(
            """
            UPDATE room_log_entries SET content = $1 WHERE log_offset = $2 AND log =
                (SELECT id FROM room_logs WHERE namespace = $3 AND room = $4 AND epoch = $5)
            """,
            [content.ToArray(), position.Offset, key.Namespace, key.Room, position.Epoch],
            cancellationToken) > 0;

    private async Task FindLogsAsync(CancellationToken cancellationToken)
    {
        var keys = group.Select(append => append.Log).Distinct().ToList();
        string[] namespaces = [.. keys.Select(key => key.Namespace)], rooms = [.. keys.Select(key => key.Room)];
        await transaction.ExecuteAsync(
            """
            INSERT INTO room_logs (namespace, room, epoch, top, last_at)
            SELECT wanted.*, room_log_store.epoch, 0, 0 FROM unnest($1::text[], $2::text[]) AS wanted, room_log_store
            ON CONFLICT DO NOTHING
            """,
            [namespaces, rooms],
            cancellationToken);
        var logs = await transaction.QueryAsync(
            """
            SELECT id, namespace, room, epoch, top FROM room_logs
            JOIN unnest($1::text[], $2::text[]) AS wanted (namespace, room) USING (namespace, room)
            """,
            [namespaces, rooms],
            static row => (Key: new RoomLogKey(row.GetString(1), row.GetString(2)), Log: new Log(row.GetInt64(0), row.GetString(3), row.GetInt64(4))),
            cancellationToken);
        _logs = logs.ToDictionary(found => found.Key, found => found.Log);
    }

    private async Task FindRepeatedAsync(CancellationToken cancellationToken)
    {
        var named = group.Where(append => append.MessageId is not null).ToList();
        if (named.Count == 0)
        {
            return;
        }

        var byNumber = _logs.Values.ToDictionary(log => log.Id);
        var known = await transaction.QueryAsync(
            """
            SELECT log, message_id, log_offset FROM room_log_entries
            JOIN unnest($1::bigint[], $2::text[]) AS wanted (log, message_id) USING (log, message_id)
            """,
            [named.Select(append => _logs[append.Log].Id).ToArray(), named.Select(append => append.MessageId!).ToArray()],
            static row => (Log: row.GetInt64(0), Id: row.GetString(1), Offset: row.GetInt64(2)),
            cancellationToken);
        foreach (var (log, id, offset) in known)
        {
            byNumber[log].Known[id] = offset;
        }
    }

    private LogAppended Place(LogAppend append)
    {
        var log = _logs[append.Log];
        if (append.MessageId is not null && log.Known.TryGetValue(append.MessageId, out var known))
        {
            return new LogAppended(new LogPosition(log.Epoch, known), IsRepeated: true);
        }

        log.Top++;
        log.Last = append;
        _new.Add((log, log.Top, append));
        if (append.MessageId is not null)
        {
            log.Known[append.MessageId] = log.Top;
        }

        return new LogAppended(new LogPosition(log.Epoch, log.Top), IsRepeated: false);
    }

    private Task<int> InsertAsync(CancellationToken cancellationToken) => transaction.ExecuteAsync(
        """
        INSERT INTO room_log_entries (log, log_offset, at, expires, message_id, content)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bytea[])
        """,
        [
            _new.Select(entry => entry.Log.Id).ToArray(),
            _new.Select(entry => entry.Offset).ToArray(),
            _new.Select(entry => entry.Append.At.ToUnixTimeMilliseconds()).ToArray(),
            _new.Select(entry => (entry.Append.At + entry.Append.Limits.MaxAge).ToUnixTimeMilliseconds()).ToArray(),
            _new.Select(entry => entry.Append.MessageId).ToArray(),
            _new.Select(entry => entry.Append.Content.ToArray()).ToArray(),
        ],
        cancellationToken);

    private async Task SaveLogsAsync(CancellationToken cancellationToken)
    {
        var changed = _logs.Values.Where(log => log.Last is not null).ToList();
        var ids = changed.Select(log => log.Id).ToArray();
        await transaction.ExecuteAsync(
            """
            UPDATE room_logs SET top = changed.top, last_at = changed.last_at
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS changed (id, top, last_at) WHERE room_logs.id = changed.id
            """,
            [ids, changed.Select(log => log.Top).ToArray(), changed.Select(log => log.Last!.At.ToUnixTimeMilliseconds()).ToArray()],
            cancellationToken);
        await transaction.ExecuteAsync(
            """
            DELETE FROM room_log_entries USING unnest($1::bigint[], $2::bigint[]) AS ends (log, last)
            WHERE room_log_entries.log = ends.log AND log_offset <= ends.last
            """,
            [ids, changed.Select(log => log.Top - log.Last!.Limits.MaxEntries).ToArray()],
            cancellationToken);
    }

    /// <summary>A log that the group has messages for.</summary>
    private sealed class Log(long id, string epoch, long top)
    {
        public long Id { get; } = id;

        public string Epoch { get; } = epoch;

        public long Top { get; set; } = top;

        /// <summary>The offsets of the group's ids that the log has.</summary>
        public Dictionary<string, long> Known { get; } = new(StringComparer.Ordinal);

        /// <summary>The last message that was new; null if none was.</summary>
        public LogAppend? Last { get; set; }
    }
}
