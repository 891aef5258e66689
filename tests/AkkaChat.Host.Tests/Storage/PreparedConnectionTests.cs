using AkkaChat.Host.Storage;
using AkkaChat.Host.Tests.Support;
using AkkaChat.Stores.Tests.Support;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Host.Tests.Storage;

/// <summary>Connections and statements that are used again: nobody notices.</summary>
public sealed class PreparedConnectionTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    /// <summary>SQLITE_STMTSTATUS_RUN.</summary>
    private const int TimesRun = 6;

    /// <summary>SQLITE_IOERR.</summary>
    private const int IoError = 10;

    private const string Insert = "INSERT INTO room_bans (room_id, account_id, by_id, at) VALUES (@room, @account, 'by', 0)";
    private const string Count = "SELECT count(*) FROM room_bans WHERE room_id = @room";

    [Theory, MemberData(nameof(ChatDatabases.Kinds), MemberType = typeof(ChatDatabases))]
    public async Task The_same_statement_has_other_values_and_sees_what_was_written_since(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        for (var number = 1; number <= 20; number++)
        {
            await InsertAsync(databases.First, "one", $"{number}");

            Assert.Equal(number, await CountAsync(databases.First, "one"));
            Assert.Equal(number, await CountAsync(databases.Second, "one"));
            Assert.Equal(0, await CountAsync(databases.First, "other"));
        }
    }

    [Theory, MemberData(nameof(ChatDatabases.Kinds), MemberType = typeof(ChatDatabases))]
    public async Task After_a_statement_has_failed_it_works_again(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        await InsertAsync(databases.First, "one", "1");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => InsertAsync(databases.First, "one", "1"));
        await InsertAsync(databases.First, "one", "2");

        Assert.Equal(2, await CountAsync(databases.First, "one"));
    }

    [LinuxFact]
    public async Task After_a_commit_has_failed_it_says_why_and_works_again_and_keeps_no_file_open()
    {
        await using var databases = await ChatDatabases.OpenAsync(ChatDatabases.Sqlite, server);
        await InsertAsync(databases.First, "one", "1");
        var log = databases.File + "-wal";

        for (var attempt = 0; attempt < 2; attempt++)
        {
            FaultyFiles.Break(log);
            var failure = await Assert.ThrowsAsync<SqliteException>(() => InsertAsync(databases.First, "one", "lost"));
            Assert.Equal(IoError, failure.SqliteErrorCode);
            await InsertAsync(databases.First, "one", $"{attempt + 2}");
        }

        Assert.Equal(3, await CountAsync(databases.First, "one"));
        Assert.InRange(FaultyFiles.CountOpen(log), 1, 2);
    }

    [Theory, MemberData(nameof(ChatDatabases.Kinds), MemberType = typeof(ChatDatabases))]
    public async Task There_may_be_more_statements_than_are_kept(string kind)
    {
        await using var databases = await ChatDatabases.OpenAsync(kind, server);
        for (var number = 0; number < 250; number++)
        {
            var column = $"number_{number}";
            var sql = $"SELECT {number} AS {column} FROM (SELECT @value AS v) AS t WHERE v = @value";

            Assert.Equal(number, await databases.First.ReadAsync(session => session.FindAsync<long>(sql, new { value = "x" })));
        }
    }

    [Fact]
    public async Task A_statement_is_compiled_once()
    {
        var folder = Directory.CreateTempSubdirectory("akkachat-");
        await using (var connection = new PreparedConnection($"Data Source={Path.Combine(folder.FullName, "x.db")};Pooling=false"))
        {
            await connection.OpenAsync();
            connection.Handle!.enable_sqlite3_next_stmt(true);
            Assert.Equal([3, 4], [Ask(connection, 2), Ask(connection, 3)]);

            var statement = SQLitePCL.raw.sqlite3_next_stmt(connection.Handle, null);
            Assert.Equal(2, SQLitePCL.raw.sqlite3_stmt_status(statement, TimesRun, 0));
        }

        folder.Delete(recursive: true);
    }

    private static long Ask(SqliteConnection connection, long value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 + @x";
        command.Parameters.AddWithValue("@x", value);
        return (long)command.ExecuteScalar()!;
    }

    private static Task InsertAsync(ChatDatabase database, string room, string account) =>
        database.WriteAsync(session => session.ExecuteAsync(Insert, new { room, account }));

    private static Task<long> CountAsync(ChatDatabase database, string room) =>
        database.ReadAsync(session => session.FindAsync<long>(Count, new { room }));
}
