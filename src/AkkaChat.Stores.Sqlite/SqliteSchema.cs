using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Sqlite;

/// <summary>The tables, and how each version of them becomes the next.</summary>
internal static class SqliteSchema
{
    /// <summary>The first makes version 1 of an empty file. What is released never changes; changes are added.</summary>
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE room_log_store (epoch TEXT NOT NULL);
        INSERT INTO room_log_store VALUES ($epoch);

        CREATE TABLE room_logs (
            id INTEGER PRIMARY KEY,
            namespace TEXT NOT NULL,
            room TEXT NOT NULL,
            epoch TEXT NOT NULL,
            top INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            UNIQUE (namespace, room));
        CREATE INDEX room_logs_by_age ON room_logs (last_at);

        CREATE TABLE room_log_entries (
            log INTEGER NOT NULL,
            log_offset INTEGER NOT NULL,
            at INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            message_id TEXT,
            content BLOB NOT NULL,
            PRIMARY KEY (log, log_offset));
        CREATE UNIQUE INDEX room_log_entries_by_id ON room_log_entries (log, message_id) WHERE message_id IS NOT NULL;
        CREATE INDEX room_log_entries_by_age ON room_log_entries (expires);
        """,
    ];

    /// <summary>Makes or migrates the tables, within the transaction that is open on the connection.</summary>
    public static int Prepare(SqliteConnection connection)
    {
        Execute(connection, "CREATE TABLE IF NOT EXISTS room_log_schema (version INTEGER NOT NULL)");
        var version = Version(connection);
        if (version > Migrations.Length)
        {
            throw new InvalidOperationException(
                $"{connection.DataSource} has room logs of schema version {version}; this library knows them up to {Migrations.Length}. Use a newer one.");
        }

        foreach (var migration in Migrations.Skip(version))
        {
            Execute(connection, migration);
        }

        Execute(connection, "DELETE FROM room_log_schema");
        Execute(connection, $"INSERT INTO room_log_schema VALUES ({Migrations.Length})");
        return version;
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(version) FROM room_log_schema";
        return command.ExecuteScalar() is long version ? Convert.ToInt32(version, CultureInfo.InvariantCulture) : 0;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The texts are those of this class.")]
    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (sql.Contains("$epoch", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("$epoch", LogEpoch.New());
        }

        command.ExecuteNonQuery();
    }
}
