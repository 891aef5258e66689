using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Guarantees;

/// <summary>Calls to a client, disconnects, connect decisions, and the time limits on what a handler waits for.</summary>
public class CallTests
{
    [Fact]
    public async Task A_call_returns_the_clients_answer()
    {
        await using var server = TestServer.Start();
        var client = await server.ConnectAsync();
        var socket = server.Io.Find(client.Id)!;
        var one = socket.CallAsync<int>("add", 1, 2);
        var all = socket.CallAsync<EventArguments>("two");
        Assert.Equal(["420[\"add\",1,2]", "421[\"two\"]"], await client.ReadAsync(2));
        client.Send("431[\"a\",\"b\"]");
        client.Send("430[3]");
        client.Send("430[4]");
        client.Send("4377[4]");

        Assert.Equal(3, await one.EndInTime());
        Assert.Equal(2, (await all.EndInTime()).Count);
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_call_without_answer_ends_by_its_time_limit_and_a_late_answer_is_ignored()
    {
        var time = new ManualTime();
        await using var server = TestServer.Start(options => options.CallTimeout = TimeSpan.FromSeconds(7), time);
        var client = await server.ConnectAsync();
        var socket = server.Io.Find(client.Id)!;
        var call = socket.CallAsync<int>("e");
        var shorter = socket.WithTimeout(TimeSpan.FromSeconds(2)).CallAsync<int>("e");
        await client.ReadAsync(2);
        time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => shorter.EndInTime());
        Assert.False(call.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => call.EndInTime());
        client.Send("430[1]");
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_call_ends_at_once_when_the_client_goes()
    {
        await using var server = TestServer.Start();
        var client = await server.ConnectAsync();
        var socket = server.Io.Find(client.Id)!;
        var call = socket.CallAsync<int>("e");
        client.Session.Close(CloseReason.TransportClose);

        await Assert.ThrowsAsync<SocketDisconnectedException>(() => call.EndInTime());
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => socket.CallAsync<int>("e").EndInTime());
    }

    [Fact]
    public async Task A_connection_is_left_of_one_namespace_or_of_all()
    {
        await using var server = TestServer.Start();
        server.Io.Of("/a");
        var client = await server.ConnectAsync();
        var main = server.Io.Find(client.Id)!;
        await client.JoinAsync("/a");
        var other = server.Io.Of("/a").Find(client.Id)!;

        await main.DisconnectAsync().EndInTime();
        Assert.Equal("41", await client.ReadAsync());
        Assert.False(main.Connected);
        Assert.True(other.Connected);

        client.Send("42[\"it cannot know yet\"]");
        await other.DisconnectAsync(close: true).EndInTime();
        Assert.Equal("41/a,", await client.ReadAsync());
        Assert.Equal("finish: forced server close", await client.Transport.Ended.EndInTime());
    }

    [Fact]
    public async Task After_the_farewell_nothing_is_sent_and_nothing_has_an_effect()
    {
        await using var server = TestServer.Start();
        var client = await server.ConnectAsync();
        var socket = server.Io.Find(client.Id)!;
        _ = socket.EmitAsync("last");
        await socket.DisconnectAsync().EndInTime();
        await socket.EmitAsync("late").EndInTime();
        await socket.JoinAsync("room").EndInTime();
        await server.Io.To("room").EmitAsync("late").EndInTime();

        Assert.Equal(["42[\"last\"]", "41"], await client.ReadAsync(2));
        Assert.Empty(socket.Rooms);
        await client.JoinAsync();
        Assert.NotEqual(socket.Id, client.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task To_disconnect_a_client_whose_session_has_ended_completes(bool close)
    {
        await using var server = TestServer.Start();
        var client = await server.ConnectAsync();
        var socket = server.Io.Find(client.Id)!;
        client.Session.Close(CloseReason.TransportClose);
        await server.Server.CloseSessionsAsync(Limit.Time).EndInTime();

        await socket.DisconnectAsync(close).EndInTime();
    }

    [Fact]
    public async Task A_handler_may_disconnect_its_own_client_and_wait_for_it()
    {
        await using var server = TestServer.Start();
        var done = new TaskCompletionSource<bool>();
        server.Io.On("leave", async (Socket socket) =>
        {
            await socket.DisconnectAsync();
            done.SetResult(socket.Connected);
        });
        var client = await server.ConnectAsync();
        client.Send("421[\"leave\"]");

        Assert.False(await done.Task.EndInTime());
        Assert.Equal("41", await client.ReadAsync());
    }

    [Fact]
    public async Task Abort_closes_the_connection_without_a_farewell()
    {
        await using var server = TestServer.Start();
        var client = await server.ConnectAsync();
        server.Io.Find(client.Id)!.Abort();

        Assert.Equal("abort: transport close", await client.Transport.Ended.EndInTime());
        Assert.False(client.Transport.Written.TryRead(out _));
    }

    [Fact]
    public async Task Whatever_is_not_a_clear_yes_keeps_the_client_out()
    {
        const string Rejected = "{\"message\":\"Connection rejected by server\"}";
        await using var server = TestServer.Start();
        server.Io.Of("/false").OnConnect(() => false);
        server.Io.Of("/throw").OnConnect(void () => throw new FormatException("secret"));
        server.Io.Of("/null").OnConnect(Connect? () => null);
        server.Io.Of("/later null").OnConnect(() => Task.FromResult<Connect?>(null));
        server.Io.Of("/auth").OnConnect((int auth) => true);
        server.Io.Of("/words").OnConnect(() => Connect.Refuse("not you", new { Code = 7 }));
        var client = await server.OpenAsync();
        foreach (var name in new[] { "/false", "/throw", "/null", "/later null", "/auth" })
        {
            client.Send($"40{name},");
            Assert.Equal($"44{name},{Rejected}", await client.ReadAsync());
        }

        client.Send("40/words,");
        Assert.Equal("44/words,{\"message\":\"not you\",\"data\":{\"code\":7}}", await client.ReadAsync());
        client.Send("40/missing,");
        Assert.Equal("44/missing,{\"message\":\"Invalid namespace\"}", await client.ReadAsync());
    }

    [Fact]
    public async Task Nothing_true_and_Accept_let_the_client_in_and_the_payload_is_kept()
    {
        await using var server = TestServer.Start();
        server.Io.Of("/void").OnConnect(() => { });
        server.Io.Of("/true").OnConnect(() => Task.FromResult(true));
        server.Io.Of("/accept").OnConnect(() => ValueTask.FromResult(Connect.Accept));
        server.Io.Of("/auth").OnConnect((Dictionary<string, string> auth) => auth["token"] == "x");
        var client = await server.OpenAsync();
        await client.JoinAsync("/void");
        await client.JoinAsync("/true");
        await client.JoinAsync("/accept");
        await client.JoinAsync("/auth", "{\"token\":\"x\"}");

        var handshake = server.Io.Of("/auth").Find(client.Id)!.Handshake;
        Assert.True(handshake.HasAuth);
        Assert.Equal("{\"token\":\"x\"}", handshake.Auth.ToString());
    }

    [Fact]
    public async Task Rooms_that_a_refused_client_has_joined_in_its_connect_handler_are_left()
    {
        await using var server = TestServer.Start();
        server.Io.OnConnect(async (Socket socket) =>
        {
            await socket.JoinAsync("room");
            return false;
        });
        var client = await server.OpenAsync();
        client.Send("40");
        Assert.StartsWith("44", await client.ReadAsync());

        Assert.Empty(await server.Io.To("room").SocketIdsAsync().EndInTime());
    }
}
