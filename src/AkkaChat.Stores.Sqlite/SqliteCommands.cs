using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Sqlite;

/// <summary>Commands of one connection, in whatever transaction is open on it.</summary>
internal static class SqliteCommands
{
    [SuppressMessage("Security", "CA2100", Justification = "All callers give constants.")]
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    public static int Execute(this SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a command again with other values, in the order of its parameters.</summary>
    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>The epoch of logs that are not there yet.</summary>
    public static string StoreEpoch(this SqliteConnection connection)
    {
        using var command = connection.Command("SELECT epoch FROM room_log_store");
        return (string)command.ExecuteScalar()!;
    }
}
