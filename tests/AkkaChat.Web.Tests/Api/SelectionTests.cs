using System.Security.Claims;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

public sealed class SelectionTests
{
    [Fact]
    public async Task A_broadcast_call_has_one_outcome_for_each_recipient()
    {
        await using var server = await TestServer.StartAsync(io => io.On("join", (Socket socket) => socket.JoinAsync("r")));
        var (good, silent, leaver, odd) = (await MemberAsync(server), await MemberAsync(server), await MemberAsync(server), await MemberAsync(server));

        var call = server.Io.To("r").WithTimeout(TimeSpan.FromMilliseconds(700)).CallAsync<int>("ask", "x");
        var ackId = AckIdOf(await good.Client.ReceiveAsync());
        Assert.Equal(ackId, AckIdOf(await silent.Client.ReceiveAsync()));
        await leaver.Client.ReceiveAsync();
        await odd.Client.ReceiveAsync();
        await good.Client.SendAsync($"43{ackId}[5]");
        await odd.Client.SendAsync($"43{ackId}[\"five\"]");
        leaver.Client.Abort();

        var outcomes = (await call.Soon()).ToDictionary(outcome => outcome.SocketId);
        Assert.Equal(4, outcomes.Count);
        Assert.Equal(new CallOutcome<int>(good.Id, CallResult.Acknowledged, 5), outcomes[good.Id]);
        Assert.Equal(CallResult.TimedOut, outcomes[silent.Id].Result);
        Assert.Equal(CallResult.Disconnected, outcomes[leaver.Id].Result);
        Assert.Equal(CallResult.Invalid, outcomes[odd.Id].Result);
    }

    [Fact]
    public async Task A_broadcast_call_settles_as_soon_as_all_outcomes_are_known()
    {
        await using var server = await TestServer.StartAsync(io => io.On("join", (Socket socket) => socket.JoinAsync("r")));
        var (one, two) = (await MemberAsync(server), await MemberAsync(server));

        // The default time limit is a minute; the call must not need it.
        var call = server.Io.To("r").CallAsync<string>("ask");
        var ackId = AckIdOf(await one.Client.ReceiveAsync());
        await one.Client.SendAsync($"43{ackId}[\"yes\"]");
        two.Client.Abort();
        Assert.Equal(2, (await call.Soon()).Count);
    }

    [Fact]
    public async Task A_broadcast_call_to_nobody_is_complete_at_once()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Empty(await server.Io.To("nobody").CallAsync<int>("ask").Soon());
    }

    [Fact]
    public async Task Sockets_can_be_fetched_and_acted_upon()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("join", (Socket socket) => socket.JoinAsync("r"))
            .On("answer", (string text) => text)
            .OnConnect((Socket socket) => { socket.Items["color"] = "red"; }));
        var member = await MemberAsync(server);
        await server.JoinAsync();

        var fetched = Assert.Single(await server.Io.To("r").FetchSocketsAsync().Soon());
        Assert.Equal(member.Id, fetched.Id);
        Assert.Equal(["r"], fetched.Rooms);
        Assert.Equal("red", fetched.Items["color"]);

        await fetched.EmitAsync("hi", 1).Soon();
        await member.Client.ExpectAsync("""42["hi",1]""");
        await fetched.JoinAsync("s").Soon();
        await fetched.LeaveAsync("r").Soon();
        Assert.Equal([member.Id], await server.Io.To("s").SocketIdsAsync().Soon());
        Assert.Empty(await server.Io.To("r").SocketIdsAsync().Soon());

        var asking = fetched.CallAsync<string>("ask");
        await member.Client.SendAsync($"43{AckIdOf(await member.Client.ReceiveAsync())}[\"me\"]");
        Assert.Equal("me", await asking.Soon());
        await fetched.DisconnectAsync().Soon();
        await member.Client.ExpectAsync("41");
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => fetched.CallAsync<string>("ask").Soon());
    }

    [Fact]
    public async Task A_selection_joins_leaves_and_disconnects_as_one()
    {
        await using var server = await TestServer.StartAsync(io => io.On("join", (Socket socket) => socket.JoinAsync("r")));
        var (one, two) = (await MemberAsync(server), await MemberAsync(server));
        var outsider = await server.JoinAsync();

        await server.Io.To("r").JoinAllAsync("s", "t").Soon();
        Assert.Equal(2, (await server.Io.To("s").SocketIdsAsync().Soon()).Count);
        await server.Io.To("r").Except(one.Id).LeaveAllAsync("s").Soon();
        Assert.Equal([one.Id], await server.Io.To("s").SocketIdsAsync().Soon());

        await server.Io.To("r").DisconnectAllAsync(close: true).Soon();
        await one.Client.ExpectAsync("41");
        await two.Client.ExpectAsync("41");
        await outsider.EchoesAsync();
    }

    [Fact]
    public async Task Closing_a_room_empties_it_and_its_members_stay_connected()
    {
        await using var server = await TestServer.StartAsync(io => io.On("join", (Socket socket) => socket.JoinAsync("r")));
        var member = await MemberAsync(server);

        await server.Io.CloseRoomAsync("r").Soon();
        Assert.Empty(await server.Io.To("r").SocketIdsAsync().Soon());
        await member.Client.EchoesAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => server.Io.CloseRoomAsync(member.Id));
        await Assert.ThrowsAsync<ArgumentException>(() => server.Io.CloseRoomAsync(""));
    }

    [Fact]
    public async Task Observers_hear_of_a_closed_room_and_its_members_hear_nothing()
    {
        var seen = new Recorder<RoomEvent>();
        await using var server = await TestServer.StartAsync(io => io.On("join", (Socket socket) => socket.JoinAsync("r")));
        var (one, two) = (await MemberAsync(server), await MemberAsync(server));
        using var subscription = server.Io.OnRoomEvent(seen.Add);

        await server.Io.CloseRoomAsync("r").Soon();
        await server.Io.To("r").EmitAsync("hi").Soon();

        RoomEvent[] left = [await seen.NextAsync(), await seen.NextAsync()];
        Assert.All(left, change => Assert.Equal((RoomEventKind.Left, "r"), (change.Kind, change.Room)));
        Assert.Equal(new[] { one.Id, two.Id }.Order(), left.Select(change => change.SocketId!).Order());
        Assert.Equal(new RoomEvent(RoomEventKind.Deleted, "r", null), await seen.NextAsync());
        await one.Client.EchoesAsync();
        await two.Client.EchoesAsync();
    }

    [Fact]
    public async Task A_user_is_reached_on_all_devices()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnect((Socket socket, Identity? identity) =>
        {
            socket.User = new ClaimsPrincipal(new ClaimsIdentity(
                identity is null ? [] : [new Claim(ClaimTypes.NameIdentifier, identity.Id)], "test"));
        }));
        var phone = await server.JoinAsync(auth: """{"id":"ana"}""");
        var laptop = await server.JoinAsync(auth: """{"id":"ana"}""");
        var other = await server.JoinAsync(auth: """{"id":"ben"}""");

        await server.Io.ToUser("ana").EmitAsync("hi").Soon();
        await phone.ExpectAsync("""42["hi"]""");
        await laptop.ExpectAsync("""42["hi"]""");
        await other.EchoesAsync();
        Assert.Throws<ArgumentException>(() => server.Io.ToUser(""));
        Assert.Empty(await server.Io.ToUser().SocketIdsAsync().Soon());
        var fetched = await server.Io.ToUser("ana").FetchSocketsAsync().Soon();
        Assert.All(fetched, socket => Assert.Empty(socket.Rooms));
    }

    [Fact]
    public async Task Room_events_tell_who_comes_and_goes()
    {
        var seen = new Recorder<RoomEvent>();
        await using var server = await TestServer.StartAsync(io => io
            .On("join", (Socket socket) => socket.JoinAsync("r")).On("leave", (Socket socket) => socket.LeaveAsync("r")));
        server.Io.OnRoomEvent(seen.Add);
        var member = await MemberAsync(server);
        await member.Client.SendAsync("""421["leave"]""");

        Assert.Equal(new RoomEvent(RoomEventKind.Created, "r", null), await seen.NextAsync());
        Assert.Equal(new RoomEvent(RoomEventKind.Joined, "r", member.Id), await seen.NextAsync());
        Assert.Equal(new RoomEvent(RoomEventKind.Left, "r", member.Id), await seen.NextAsync());
        Assert.Equal(new RoomEvent(RoomEventKind.Deleted, "r", null), await seen.NextAsync());
    }

    [Fact]
    public async Task A_room_goes_on_whatever_those_who_watch_it_do()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("join", (Socket socket) => socket.JoinAsync("r")));
        server.Io.OnRoomEvent(_ => throw new InvalidOperationException("not the room's failure"));
        var member = await MemberAsync(server);

        Assert.Equal([member.Id], await server.Io.To("r").SocketIdsAsync().Soon());
        await server.Io.To("r").EmitAsync("a").Soon();
        await member.Client.ExpectAsync("""42["a"]""");
    }

    [Fact]
    public async Task A_node_alone_has_no_other_servers_to_send_to()
    {
        await using var server = await TestServer.StartAsync(io => io.OnServerEvent("x", _ => Task.FromResult<object?>(1)));

        Assert.Empty(await server.Io.EmitToServersAsync("x", 1).Soon());
    }

    [Fact]
    public async Task A_broadcast_is_serialized_once_for_all_transports()
    {
        await using var server = await TestServer.StartAsync();
        var webSockets = new[] { await server.JoinAsync(), await server.JoinAsync(), await server.JoinAsync() };
        var polling = await server.OpenPollingAsync();
        await polling.JoinAsync();
        var argument = new CountedReads();

        await server.Io.EmitAsync("news", argument).Soon();
        foreach (var client in (EngineClient[])[.. webSockets, polling])
        {
            await client.ExpectAsync("""42["news",{"number":1}]""");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_compression_hint_decides_event_by_event(bool isBroadcast)
    {
        var text = new string('x', 2000);
        await using var server = await TestServer.StartAsync(options: options => options.WebSocketCompression = true);
        await using var client = await RawFrames.RequestAsync(server.Host, RawFrames.UpgradeRequest(
            server.Host, "/socket.io/?EIO=4&transport=websocket", "Sec-WebSocket-Extensions: permessage-deflate"));
        await client.ReadAsync();
        await client.SendAsync(RawFrames.Text | RawFrames.Final, "40");
        await client.ReadAsync();
        var socket = server.Io.Find(Assert.Single(await server.Io.SocketIdsAsync().Soon()))!;

        await (isBroadcast ? server.Io.EmitAsync("e", text) : socket.EmitAsync("e", text)).Soon();
        await (isBroadcast ? server.Io.Compress(false).EmitAsync("e", text) : socket.Uncompressed.EmitAsync("e", text)).Soon();
        Assert.InRange((await client.ReadAsync()).Payload.Length, 1, 200);
        Assert.Equal($"42[\"e\",\"{text}\"]", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Local_and_compression_hints_reach_the_same_sockets()
    {
        await using var server = await TestServer.StartAsync(options: options => options.WebSocketCompression = true);
        var client = await server.JoinAsync();

        await server.Io.Local.Compress(false).EmitAsync("a").Soon();
        await server.Io.Compress(true).EmitAsync("b").Soon();
        await client.ExpectAsync("""42["a"]""", """42["b"]""");
    }

    private static async Task<(RawWebSocket Client, string Id)> MemberAsync(TestServer server)
    {
        var client = await server.OpenWebSocketAsync();
        var id = await client.JoinAsync();
        await client.SendAsync("""420["join"]""");
        await client.ExpectAsync("430[]");
        return (client, id);
    }

    /// <summary>The number between the packet's type and its arguments.</summary>
    private static string AckIdOf(string packet) => packet[2..packet.IndexOf('[', StringComparison.Ordinal)];

    private sealed record Identity(string Id);

    /// <summary>Says the how manieth time it is that somebody serializes it.</summary>
    private sealed class CountedReads
    {
        private int _count;

        public int Number => Interlocked.Increment(ref _count);
    }
}
