using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Sqlite;

/// <summary>Removes what is not kept any more.</summary>
internal static class SqliteTrim
{
    private const int Portion = 2000;

    /// <summary>How long the epoch of an empty log is kept.</summary>
    private static readonly TimeSpan EmptyKept = TimeSpan.FromDays(30);

    /// <summary>Removes some of what is too old, with all before it in its log; false if nothing was.</summary>
    public static bool RemoveSomeExpired(SqliteConnection connection, DateTimeOffset now)
    {
        var ends = ExpiredEnds(connection, now);
        foreach (var (log, last) in ends)
        {
            connection.Execute(
                "DELETE FROM room_log_entries WHERE log = $log AND log_offset <= $last", ("$log", log), ("$last", last));

            // How long it is kept counts from when it became empty.
            connection.Execute(
                "UPDATE room_logs SET last_at = $now WHERE id = $log AND NOT EXISTS (SELECT 1 FROM room_log_entries WHERE log = $log)",
                ("$now", now.ToUnixTimeMilliseconds()), ("$log", log));
        }

        return ends.Count > 0;
    }

    /// <summary>Forgets logs that have long been empty. Those made later have another epoch, for they begin at 1 again.</summary>
    public static int Forget(SqliteConnection connection, DateTimeOffset now)
    {
        var forgotten = connection.Execute(
            "DELETE FROM room_logs WHERE last_at < $limit AND NOT EXISTS (SELECT 1 FROM room_log_entries WHERE log = room_logs.id)",
            ("$limit", (now - EmptyKept).ToUnixTimeMilliseconds()));
        if (forgotten > 0)
        {
            connection.Execute("UPDATE room_log_store SET epoch = $epoch", ("$epoch", LogEpoch.New()));
        }

        return forgotten;
    }

    /// <summary>Empties a log and gives it a new epoch.</summary>
    public static string Reset(SqliteConnection connection, RoomLogKey key, DateTimeOffset now)
    {
        var epoch = LogEpoch.New();
        connection.Execute(
            """
            INSERT INTO room_logs (namespace, room, epoch, top, last_at) VALUES ($namespace, $room, $epoch, 0, $at)
            ON CONFLICT (namespace, room) DO UPDATE SET epoch = $epoch, top = 0, last_at = $at
            """,
            ("$namespace", key.Namespace), ("$room", key.Room), ("$epoch", epoch), ("$at", now.ToUnixTimeMilliseconds()));
        connection.Execute(
            "DELETE FROM room_log_entries WHERE log = (SELECT id FROM room_logs WHERE namespace = $namespace AND room = $room)",
            ("$namespace", key.Namespace), ("$room", key.Room));
        return epoch;
    }

    private static List<(long Log, long Last)> ExpiredEnds(SqliteConnection connection, DateTimeOffset now)
    {
        using var select = connection.Command(
            """
            SELECT log, max(log_offset) FROM (
                SELECT log, log_offset FROM room_log_entries WHERE expires < $now ORDER BY expires LIMIT $portion)
            GROUP BY log
            """,
            ("$now", now.ToUnixTimeMilliseconds()), ("$portion", Portion));
        using var reader = select.ExecuteReader();
        List<(long, long)> ends = [];
        while (reader.Read())
        {
            ends.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return ends;
    }
}
