using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Sqlite;

/// <summary>Appends a group of messages within the transaction that is open on the connection.</summary>
internal sealed class SqliteAppend(SqliteConnection connection)
{
    private readonly Dictionary<RoomLogKey, Log> _logs = [];

    public IReadOnlyList<LogAppended> Run(IReadOnlyList<LogAppend> group)
    {
        var results = new LogAppended[group.Count];
        using var find = connection.Command(
            "SELECT log_offset FROM room_log_entries WHERE log = $log AND message_id = $id", ("$log", null), ("$id", null));
        using var insert = connection.Command(
            "INSERT INTO room_log_entries VALUES ($log, $offset, $at, $expires, $id, $content)",
            ("$log", null), ("$offset", null), ("$at", null), ("$expires", null), ("$id", null), ("$content", null));
        for (var index = 0; index < group.Count; index++)
        {
            results[index] = Append(group[index], find, insert);
        }

        SaveLogs();
        return results;
    }

    /// <summary>Changes a message's content; false if there is no such message.</summary>
    public static bool Replace(SqliteConnection connection, RoomLogKey key, LogPosition position, ReadOnlyMemory<byte> content) =>
        connection.Execute(
            """
            UPDATE room_log_entries SET content = $content WHERE log_offset = $offset AND log =
                (SELECT id FROM room_logs WHERE namespace = $namespace AND room = $room AND epoch = $epoch)
            """,
            ("$content", content.ToArray()), ("$offset", position.Offset), ("$namespace", key.Namespace), ("$room", key.Room),
            ("$epoch", position.Epoch)) > 0;

    private LogAppended Append(LogAppend append, SqliteCommand find, SqliteCommand insert)
    {
        var log = LogOf(append.Log);
        if (append.MessageId is not null && find.With(log.Id, append.MessageId).ExecuteScalar() is long known)
        {
            return new LogAppended(new LogPosition(log.Epoch, known), IsRepeated: true);
        }

        var at = append.At.ToUnixTimeMilliseconds();
        var expires = (append.At + append.Limits.MaxAge).ToUnixTimeMilliseconds();
        log.Top++;
        log.LastAt = at;
        log.MaxEntries = append.Limits.MaxEntries;
        insert.With(log.Id, log.Top, at, expires, append.MessageId, append.Content.ToArray()).ExecuteNonQuery();
        return new LogAppended(new LogPosition(log.Epoch, log.Top), IsRepeated: false);
    }

    private Log LogOf(RoomLogKey key)
    {
        if (!_logs.TryGetValue(key, out var log))
        {
            log = _logs[key] = Find(key) ?? Create(key);
        }

        return log;
    }

    private Log? Find(RoomLogKey key)
    {
        using var find = connection.Command(
            "SELECT id, epoch, top FROM room_logs WHERE namespace = $namespace AND room = $room",
            ("$namespace", key.Namespace), ("$room", key.Room));
        using var reader = find.ExecuteReader();
        return reader.Read() ? new Log(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2)) : null;
    }

    private Log Create(RoomLogKey key)
    {
        var epoch = connection.StoreEpoch();
        using var insert = connection.Command(
            "INSERT INTO room_logs (namespace, room, epoch, top, last_at) VALUES ($namespace, $room, $epoch, 0, 0); SELECT last_insert_rowid()",
            ("$namespace", key.Namespace), ("$room", key.Room), ("$epoch", epoch));
        return new Log((long)insert.ExecuteScalar()!, epoch, 0);
    }

    private void SaveLogs()
    {
        using var save = connection.Command(
            "UPDATE room_logs SET top = $top, last_at = $at WHERE id = $log", ("$top", null), ("$at", null), ("$log", null));
        using var trim = connection.Command(
            "DELETE FROM room_log_entries WHERE log = $log AND log_offset <= $last", ("$log", null), ("$last", null));
        foreach (var log in _logs.Values.Where(log => log.MaxEntries > 0))
        {
            save.With(log.Top, log.LastAt, log.Id).ExecuteNonQuery();
            trim.With(log.Id, log.Top - log.MaxEntries).ExecuteNonQuery();
        }
    }

    /// <summary>A log that the group has messages for.</summary>
    private sealed class Log(long id, string epoch, long top)
    {
        public long Id { get; } = id;

        public string Epoch { get; } = epoch;

        public long Top { get; set; } = top;

        public long LastAt { get; set; }

        /// <summary>0 until a message was stored.</summary>
        public int MaxEntries { get; set; }
    }
}
