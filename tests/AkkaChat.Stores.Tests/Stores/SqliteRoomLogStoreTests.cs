using AkkaChat.Stores.Sqlite;
using AkkaChat.Stores.Tests.Support;
using Microsoft.Data.Sqlite;

namespace AkkaChat.Stores.Tests.Stores;

public sealed class SqliteRoomLogStoreTests() : RoomLogStoreTests(new SqliteSource())
{
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

    private static object? Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
