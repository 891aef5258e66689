using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Sqlite;

/// <summary>Reads a part of a log.</summary>
internal static class SqliteRead
{
    private const string Select =
        "SELECT log_offset, at, message_id, content FROM room_log_entries "
        + "WHERE log = $log AND log_offset > $after AND log_offset < $before ORDER BY log_offset ";

    public static LogSlice Slice(SqliteConnection connection, RoomLogKey key, LogRange range)
    {
        if (Top(connection, key) is not var (log, top))
        {
            return new LogSlice(new LogPosition(connection.StoreEpoch(), 0), []);
        }

        List<StoredEntry> entries = [];
        if (range.Limit > 0)
        {
            Read(connection, log, range, entries);
        }

        return new LogSlice(top, entries);
    }

    private static (long Log, LogPosition Top)? Top(SqliteConnection connection, RoomLogKey key)
    {
        using var find = connection.Command(
            "SELECT id, epoch, top FROM room_logs WHERE namespace = $namespace AND room = $room",
            ("$namespace", key.Namespace), ("$room", key.Room));
        using var reader = find.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), new LogPosition(reader.GetString(1), reader.GetInt64(2))) : null;
    }

    private static void Read(SqliteConnection connection, long log, LogRange range, List<StoredEntry> entries)
    {
        using var select = connection.Command(
            range.Newest ? Select + "DESC LIMIT $limit" : Select + "LIMIT $limit",
            ("$log", log), ("$after", range.After), ("$before", range.Before), ("$limit", range.Limit));
        using var reader = select.ExecuteReader();
        while (reader.Read())
        {
            entries.Add(new StoredEntry(
                reader.GetInt64(0),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.GetFieldValue<byte[]>(3)));
        }

        if (range.Newest)
        {
            entries.Reverse();
        }
    }
}
