using Npgsql;

namespace AkkaChat.Stores.PostgreSql;

/// <summary>Removes what is not kept any more.</summary>
internal static class PostgreSqlTrim
{
    private const int Portion = 2000;

    /// <summary>How long the epoch of an empty log is kept.</summary>
    private static readonly TimeSpan EmptyKept = TimeSpan.FromDays(30);

    /// <summary>Removes some of what is too old, with all before it in its log; false if nothing was.</summary>
    public static async Task<bool> RemoveSomeExpiredAsync(
        NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = now.ToUnixTimeMilliseconds();
        var ends = await ExpiredEndsAsync(transaction, at, cancellationToken);
        if (ends.Count == 0)
        {
            return false;
        }

        var logs = ends.Select(end => end.Log).ToArray();
        await transaction.ExecuteAsync(
            """
            DELETE FROM room_log_entries USING unnest($1::bigint[], $2::bigint[]) AS ends (log, last)
            WHERE room_log_entries.log = ends.log AND log_offset <= ends.last
            """,
            [logs, ends.Select(end => end.Last).ToArray()],
            cancellationToken);

        // How long a log is kept counts from when it became empty.
        await transaction.ExecuteAsync(
            "UPDATE room_logs SET last_at = $1 WHERE id = ANY($2) AND NOT EXISTS (SELECT FROM room_log_entries WHERE log = room_logs.id)",
            [at, logs],
            cancellationToken);
        return true;
    }

    /// <summary>Forgets logs that have long been empty. Those made later have another epoch, for they begin at 1 again.</summary>
    public static async Task<int> ForgetAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var forgotten = await transaction.ExecuteAsync(
            "DELETE FROM room_logs WHERE last_at < $1 AND NOT EXISTS (SELECT FROM room_log_entries WHERE log = room_logs.id)",
            [(now - EmptyKept).ToUnixTimeMilliseconds()],
            cancellationToken);
        return forgotten == 0
            ? 0
            : await transaction.ExecuteAsync("UPDATE room_log_store SET epoch = $1", [LogEpoch.New()], cancellationToken);
    }

    /// <summary>Empties a log and gives it a new epoch.</summary>
    public static async Task<string> ResetAsync(
        NpgsqlTransaction transaction, RoomLogKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var epoch = LogEpoch.New();
        await transaction.ExecuteAsync(
            """
            INSERT INTO room_logs (namespace, room, epoch, top, last_at) VALUES ($1, $2, $3, 0, $4)
            ON CONFLICT (namespace, room) DO UPDATE SET epoch = $3, top = 0, last_at = $4
            """,
            [key.Namespace, key.Room, epoch, now.ToUnixTimeMilliseconds()],
            cancellationToken);
        await transaction.ExecuteAsync(
            "DELETE FROM room_log_entries WHERE log = (SELECT id FROM room_logs WHERE namespace = $1 AND room = $2)",
            [key.Namespace, key.Room],
            cancellationToken);
        return epoch;
    }

    private static Task<List<(long Log, long Last)>> ExpiredEndsAsync(NpgsqlTransaction transaction, long at, CancellationToken cancellationToken) =>
        transaction.QueryAsync(
            """
            SELECT log, max(log_offset) FROM (
                SELECT log, log_offset FROM room_log_entries WHERE expires < $1 ORDER BY expires LIMIT $2) AS expired
            GROUP BY log
            """,
            [at, Portion],
            static row => (row.GetInt64(0), row.GetInt64(1)),
            cancellationToken);
}
