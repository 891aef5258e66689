using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

/// <summary>The application's data about a socket.</summary>
public sealed class SocketDataTests
{
    [Fact]
    public async Task It_lasts_from_the_connect_handler_over_all_events_to_the_disconnect_handler()
    {
        var last = new Recorder<object?>();
        await using var server = await StartAsync(io => io
            .OnConnect((Socket socket) => { socket.Items["count"] = 10; })
            .OnDisconnect((Socket socket) => last.Add(socket.Items["count"])));
        var client = await server.JoinAsync();

        await client.SendAsync("""421["count"]""", """422["count"]""");
        await client.ExpectAsync("431[11]", "432[12]");
        await client.CloseAsync();
        Assert.Equal(12, await last.NextAsync());
    }

    [Fact]
    public async Task It_belongs_to_one_connection_in_one_namespace()
    {
        await using var server = await StartAsync(io => Count(io.Of("/other")));
        var client = await server.JoinAsync();
        await client.JoinAsync("/other");
        var neighbour = await server.JoinAsync();

        await client.SendAsync("""421["count"]""", """42/other,2["count"]""", """423["count"]""");
        await client.ExpectAsync("431[1]", "43/other,2[1]", "433[2]");
        await neighbour.SendAsync("""421["count"]""");
        await neighbour.ExpectAsync("431[1]");

        await client.SendAsync("41", "40");
        await client.ReceiveAsync();
        await client.SendAsync("""424["count"]""");
        await client.ExpectAsync("434[1]");
    }

    [Fact]
    public async Task A_fetched_socket_has_a_copy_of_it_that_changes_no_more()
    {
        await using var server = await StartAsync();
        var client = await server.JoinAsync();
        await client.SendAsync("""421["count"]""");
        await client.ExpectAsync("431[1]");

        var fetched = Assert.Single(await server.Io.FetchSocketsAsync().Soon());
        await client.SendAsync("""422["count"]""");
        await client.ExpectAsync("432[2]");

        Assert.Equal(1, fetched.Items["count"]);
        Assert.Equal(2, Assert.Single(await server.Io.FetchSocketsAsync().Soon()).Items["count"]);
    }

    private static Task<TestServer> StartAsync(Action<IAkkaChat>? map = null) => TestServer.StartAsync(io =>
    {
        Count(io);
        map?.Invoke(io);
    });

    private static void Count(INamespace io) => io.On("count", (Socket socket) =>
    {
        var count = socket.Items.TryGetValue("count", out var before) ? (int)before! + 1 : 1;
        socket.Items["count"] = count;
        return count;
    });
}
