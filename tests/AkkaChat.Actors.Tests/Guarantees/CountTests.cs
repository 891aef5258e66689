using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Guarantees;

/// <summary>Counts, lists of rooms and local selections, on a node that is alone.</summary>
public class CountTests
{
    [Fact]
    public async Task An_emit_can_say_how_many_sockets_got_it()
    {
        await using var server = Start();
        var clients = new[] { await JoinAsync(server, "a"), await JoinAsync(server, "a", "muted"), await JoinAsync(server, "b") };

        Assert.Equal(2, (await server.Io.To("a", "b").Except("muted").EmitCountedAsync("e", 1).EndInTime()).Sockets);
        Assert.Equal(0, (await server.Io.To("nobody").EmitCountedAsync("e", 2).EndInTime()).Sockets);
        Assert.Equal(1, (await server.Io.To(clients[1].Id).EmitCountedAsync("e", 3).EndInTime()).Sockets);
        Assert.True((await server.Io.EmitCountedAsync("e", 4).EndInTime()).IsComplete);

        Assert.Equal(["42[\"e\",1]", "42[\"e\",4]"], await clients[0].ReadAsync(2));
        Assert.Equal(["42[\"e\",3]", "42[\"e\",4]"], await clients[1].ReadAsync(2));
    }

    [Fact]
    public async Task Who_has_left_is_not_counted()
    {
        await using var server = Start();
        var (ann, bob) = (await JoinAsync(server, "a"), await JoinAsync(server, "a"));
        await server.Io.Find(ann.Id)!.DisconnectAsync().EndInTime();

        Assert.Equal(1, (await server.Io.EmitCountedAsync("e").EndInTime()).Sockets);
        Assert.Equal("42[\"e\"]", await bob.ReadAsync());
    }

    [Fact]
    public async Task Sockets_of_a_selection_are_counted()
    {
        await using var server = Start();
        var (ann, _) = (await JoinAsync(server, "a"), await JoinAsync(server, "a", "b"));

        Assert.Equal(2, (await server.Io.CountAsync().EndInTime()).Sockets);
        Assert.Equal(2, (await server.Io.To("a", "b").CountAsync().EndInTime()).Sockets);
        Assert.Equal(1, (await server.Io.To("a").Except("b").CountAsync().EndInTime()).Sockets);
        Assert.Equal(1, (await server.Io.Find(ann.Id)!.Broadcast.CountAsync().EndInTime()).Sockets);
    }

    [Fact]
    public async Task Rooms_of_users_and_the_namespace_itself_are_not_listed()
    {
        await using var server = Start(options => options.UserId = _ => "ann");
        await JoinAsync(server, "a", "b");

        Assert.Equal([new("a", 1), new RoomInfo("b", 1)], await server.Io.RoomsAsync().EndInTime());
        Assert.Equal("b", Assert.Single(await server.Io.RoomsAsync(after: "a").EndInTime()).Name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_page_of_rooms_has_a_limit(int limit)
    {
        await using var server = Start();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.Io.RoomsAsync(limit: limit));
    }

    [Fact]
    public async Task On_a_node_that_is_alone_local_is_everything()
    {
        await using var server = Start();
        var client = await JoinAsync(server, "a");

        await server.Io.To("a").Local.EmitAsync("e").EndInTime();
        Assert.Equal("42[\"e\"]", await client.ReadAsync());
        Assert.Equal([client.Id], await server.Io.Local.SocketIdsAsync().EndInTime());
    }

    private static TestServer Start(Action<AkkaChatOptions>? configure = null)
    {
        var server = TestServer.Start(configure);
        server.Io.On("join", (Socket socket, string room) => socket.JoinAsync(room));
        return server;
    }

    private static async Task<TestClient> JoinAsync(TestServer server, params string[] rooms)
    {
        var client = await server.ConnectAsync();
        foreach (var room in rooms)
        {
            client.Send($"420[\"join\",\"{room}\"]");
            Assert.Equal("430[]", await client.ReadAsync());
        }

        return client;
    }
}
