using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace AkkaChat.Stores.PostgreSql;

/// <summary>Commands of a transaction, with parameters by their numbers.</summary>
internal static class PostgreSqlCommands
{
    public static async Task<int> ExecuteAsync(
        this NpgsqlTransaction transaction, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<object?> ScalarAsync(
        this NpgsqlTransaction transaction, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, sql, values);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlTransaction transaction, string sql, object[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The epoch of logs that are not there yet.</summary>
    public static async Task<string> StoreEpochAsync(this NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        (string)(await transaction.ScalarAsync("SELECT epoch FROM room_log_store", [], cancellationToken))!;

    [SuppressMessage("Security", "CA2100", Justification = "All callers give constants.")]
    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
