using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Stores.Tests.Stores;

[Collection(PostgreSqlTests.Name)]
public sealed class PostgreSqlRoomLogStoreTests(PostgreSqlServer server) : RoomLogStoreTests(new PostgreSqlSource(server))
{
    [StoreFact]
    public async Task The_server_that_opened_the_logs_last_writes_them_and_an_earlier_one_fails()
    {
        await Store.AppendAsync([Message("a")], default);
        await using var second = await Source.CreateAsync();
        await second.OpenAsync(default);

        var taken = await second.AppendAsync([Message("b")], default);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Store.AppendAsync([Message("c")], default));

        Assert.Equal(2, taken[0].Position.Offset);
        Assert.Contains("Another server", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await second.ReadAsync(new RoomLogKey("/", "lobby"), LogRange.TopOnly, default)).Top.Offset);
    }
}
