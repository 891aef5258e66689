using Npgsql;

namespace AkkaChat.Stores.PostgreSql;

/// <summary>Reads a part of a log.</summary>
internal static class PostgreSqlRead
{
    private const string Select =
        "SELECT log_offset, at, message_id, content FROM room_log_entries "
        + "WHERE log = $1 AND log_offset > $2 AND log_offset < $3 ORDER BY log_offset ";

    public static async Task<LogSlice> SliceAsync(
        NpgsqlTransaction transaction, RoomLogKey key, LogRange range, CancellationToken cancellationToken)
    {
        var logs = await transaction.QueryAsync(
            "SELECT id, epoch, top FROM room_logs WHERE namespace = $1 AND room = $2",
            [key.Namespace, key.Room],
            static row => (Id: row.GetInt64(0), Top: new LogPosition(row.GetString(1), row.GetInt64(2))),
            cancellationToken);
        if (logs is not [var (log, top)])
        {
            return new LogSlice(new LogPosition(await transaction.StoreEpochAsync(cancellationToken), 0), []);
        }

        return new LogSlice(top, range.Limit > 0 ? await ReadAsync(transaction, log, range, cancellationToken) : []);
    }

    private static async Task<List<StoredEntry>> ReadAsync(
        NpgsqlTransaction transaction, long log, LogRange range, CancellationToken cancellationToken)
    {
        var entries = await transaction.QueryAsync(
            range.Newest ? Select + "DESC LIMIT $4" : Select + "LIMIT $4",
            [log, range.After, range.Before, range.Limit],
            static row => new StoredEntry(
                row.GetInt64(0),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                row.IsDBNull(2) ? null : row.GetString(2),
                row.GetFieldValue<byte[]>(3)),
            cancellationToken);
        if (range.Newest)
        {
            entries.Reverse();
        }

        return entries;
    }
}
