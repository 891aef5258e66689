using Npgsql;

namespace AkkaChat.Stores.PostgreSql;

/// <summary>The tables, and how each version of them becomes the next.</summary>
internal static class PostgreSqlSchema
{
    /// <summary>Servers that start at the same time make the tables one after the other. A number of chance.</summary>
    private const long LockNumber = 7_314_902_235_518_420_117;

    /// <summary>The first makes version 1 of an empty database. What is released never changes; changes are added.</summary>
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE room_log_store (epoch text NOT NULL, writer text);

        CREATE TABLE room_logs (
            id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
            namespace text NOT NULL,
            room text NOT NULL,
            epoch text NOT NULL,
            top bigint NOT NULL,
            last_at bigint NOT NULL,
            UNIQUE (namespace, room));
        CREATE INDEX room_logs_by_age ON room_logs (last_at);

        CREATE TABLE room_log_entries (
            log bigint NOT NULL,
            log_offset bigint NOT NULL,
            at bigint NOT NULL,
            expires bigint NOT NULL,
            message_id text,
            content bytea NOT NULL,
            PRIMARY KEY (log, log_offset));
        CREATE UNIQUE INDEX room_log_entries_by_id ON room_log_entries (log, message_id) WHERE message_id IS NOT NULL;
        CREATE INDEX room_log_entries_by_age ON room_log_entries (expires);
        """,
    ];

    public static async Task PrepareAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await transaction.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", [LockNumber], cancellationToken);
        await transaction.ExecuteAsync("CREATE TABLE IF NOT EXISTS room_log_schema (version integer NOT NULL)", [], cancellationToken);
        var version = await transaction.ScalarAsync("SELECT max(version) FROM room_log_schema", [], cancellationToken) as int? ?? 0;
        if (version > Migrations.Length)
        {
            throw new InvalidOperationException(
                $"The database has room logs of schema version {version}; this library knows them up to {Migrations.Length}. Use a newer one.");
        }

        foreach (var migration in Migrations.Skip(version))
        {
            await transaction.ExecuteAsync(migration, [], cancellationToken);
        }

        if (version == 0)
        {
            await transaction.ExecuteAsync("INSERT INTO room_log_store (epoch) VALUES ($1)", [LogEpoch.New()], cancellationToken);
        }

        await transaction.ExecuteAsync("DELETE FROM room_log_schema", [], cancellationToken);
        await transaction.ExecuteAsync("INSERT INTO room_log_schema VALUES ($1)", [Migrations.Length], cancellationToken);
    }
}
