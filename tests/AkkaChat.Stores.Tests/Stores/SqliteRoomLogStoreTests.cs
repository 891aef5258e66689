using AkkaChat.Stores.Sqlite;
using AkkaChat.Stores.Tests.Support;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Tests.Stores;

public sealed class SqliteRoomLogStoreTests() : RoomLogStoreTests(new SqliteSource())
{
    /// <summary>SQLITE_IOERR.</summary>
    private const int IoError = 10;

    [Fact]
    public async Task A_second_server_is_refused_while_the_first_runs()
    {
        await using var second = await Source.CreateAsync();

        var exception = await Assert.ThrowsAsync<IOException>(() => second.OpenAsync(default));

        Assert.Contains("in use by another process", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("rooms.db");
        await using (var store = new SqliteRoomLogStore(path))
        {
            await store.OpenAsync(default);
        }

        Execute(path, "UPDATE room_log_schema SET version = 99");
        await using (var store = new SqliteRoomLogStore(path))
        {
            for (var attempt = 0; attempt < 2; attempt++)
            {
                var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => store.OpenAsync(default));
                Assert.Contains("schema version 99", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(99L, Execute(path, "SELECT version FROM room_log_schema"));
    }

    [LinuxFact]
    public async Task After_a_commit_that_failed_the_store_works_again_and_has_what_was_acknowledged()
    {
        var (file, log) = (((SqliteSource)Source).File, new RoomLogKey("/", "lobby"));
        await Store.AppendAsync([Message("1", log)], default);

        for (var offset = 2; offset <= 3; offset++)
        {
            FaultyFiles.Break(file + "-wal");
            var failure = await Assert.ThrowsAsync<SqliteException>(() => Store.AppendAsync([Message("lost", log)], default));
            Assert.Equal(IoError, failure.SqliteErrorCode);
            Assert.Equal(offset, (await Store.AppendAsync([Message($"{offset}", log)], default))[0].Position.Offset);
        }

        var slice = await Store.ReadAsync(log, new LogRange(0, long.MaxValue, 10, Newest: false), default);
        Assert.Equal(["1"u8.ToArray(), "2"u8.ToArray(), "3"u8.ToArray()], slice.Entries.Select(entry => entry.Content.ToArray()));
    }

    [LinuxFact]
    public async Task After_a_commit_that_failed_the_store_can_be_closed_and_another_one_opens_the_file()
    {
        await Store.AppendAsync([Message("a")], default);
        FaultyFiles.Break(((SqliteSource)Source).File + "-wal");
        await Assert.ThrowsAsync<SqliteException>(() => Store.AppendAsync([Message("lost")], default));

        await Store.DisposeAsync();

        await using var next = await Source.CreateAsync();
        await next.OpenAsync(default);
        Assert.Equal(2, (await next.AppendAsync([Message("b")], default))[0].Position.Offset);
    }

    private static object? Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
