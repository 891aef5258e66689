using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.SocketIO;

public sealed class DisconnectTests
{
    [Theory]
    [InlineData("leaves", "client namespace disconnect")]
    [InlineData("is put out", "server namespace disconnect")]
    [InlineData("is put out and closed", "server namespace disconnect")]
    [InlineData("closes", "transport close")]
    [InlineData("breaks", "transport close")]
    [InlineData("is aborted", "transport close")]
    [InlineData("sends garbage", "parse error")]
    [InlineData("pings", "transport error")]
    [InlineData("sends too much", "message too large")]
    [InlineData("server stops", "server shutting down")]
    public async Task A_handler_hears_why_a_client_has_gone(string how, string expected)
    {
        var reasons = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io => io.OnDisconnect((Socket socket, string reason) => reasons.Add($"{reason}, {socket.Connected}")));
        var member = await Member.JoinAsync(server);

        await EndAsync(how, member, server);
        Assert.Equal(expected + ", False", await reasons.NextAsync());
    }

    [Fact]
    public async Task A_client_that_answers_no_ping_is_gone_by_ping_timeout()
    {
        var reasons = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io => io.OnDisconnect((string reason) => reasons.Add(reason)),
            options =>
            {
                options.PingInterval = TimeSpan.FromMilliseconds(1000);
                options.PingTimeout = TimeSpan.FromMilliseconds(300);
            });

        await server.JoinAsync();
        Assert.Equal("ping timeout", await reasons.NextAsync());
    }

    [Fact]
    public async Task Those_who_remain_can_be_told_and_the_leaver_is_out_of_its_rooms_by_then()
    {
        await using var server = await TestServer.StartAsync(io => io.OnDisconnect(async (Socket socket, string reason) =>
        {
            await io.To("room").EmitAsync("left", socket.Id, reason, await io.To("room").SocketIdsAsync());
            await socket.EmitAsync("left", "not to be seen");
        }));
        var members = await Member.JoinAsync(server, 2);
        await members[0].Socket.JoinAsync("room").Soon();
        await members[1].Socket.JoinAsync("room").Soon();

        await members[0].Client.SendAsync("41");
        await members[1].SeesOnlyAsync(
            $"42[\"left\",\"{members[0].Id}\",\"client namespace disconnect\",[\"{members[1].Id}\"]]");
        await members[0].Client.JoinAsync();
        await members[0].Client.EchoesAsync();
    }

    [Fact]
    public async Task The_handler_knows_the_rooms_that_were_left()
    {
        await using var server = await TestServer.StartAsync(io => io.OnDisconnect((Socket socket) =>
            socket.To([.. socket.LeftRooms]).EmitAsync("left", socket.LeftRooms.Order(), socket.Rooms.Count)));
        var members = await Member.JoinAsync(server, 2);
        await members[0].Socket.JoinAsync("b").Soon();
        await members[0].Socket.JoinAsync("a").Soon();
        await members[1].Socket.JoinAsync("a").Soon();
        Assert.Empty(members[0].Socket.LeftRooms);

        await members[0].Client.SendAsync("41");
        await members[1].SeesOnlyAsync("""42["left",["a","b"],0]""");
    }

    [Fact]
    public async Task A_disconnect_is_handled_once_and_after_the_last_event()
    {
        var events = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io => io
            .OnDisconnect((string reason) => events.Add(reason))
            .On("work", async (int number) =>
            {
                await Task.Yield();
                events.Add($"work {number}");
            }));
        var client = await server.JoinAsync();

        await client.SendAsync("""42["work",1]""", """42["work",2]""", "41", "1");
        await client.EndsAsync();
        await server.StopAsync();
        Assert.Equal(["work 1", "work 2", "client namespace disconnect"], events.TakeAll());
    }

    [Fact]
    public async Task Leaving_one_namespace_leaves_the_others_alone()
    {
        await using var server = await TestServer.StartAsync(
            io => io.Of("/other").On("kick", (Socket socket) => socket.DisconnectAsync()));
        var client = await server.JoinAsync();

        await client.JoinAsync("/other");
        await client.SendAsync("41/other,");
        await client.EchoesAsync();
        await client.JoinAsync("/other");
        await client.SendAsync("""42/other,["kick"]""");
        await client.ExpectAsync("41/other,");
        await client.EchoesAsync();
    }

    [Fact]
    public async Task Who_has_left_by_itself_and_goes_on_sending_breaks_the_protocol()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.JoinAsync();

        await client.SendAsync("41", """42["echo"]""");
        await client.EndsSoonAsync();
        Assert.Equal("parse error", client.CloseDescription);
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task Closing_takes_leave_in_every_namespace_and_then_closes(Transport transport)
    {
        var reasons = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.On("close", (Socket socket) => socket.DisconnectAsync(close: true));
            io.OnDisconnect((string reason) => reasons.Add(reason));
            io.Of("/other").OnDisconnect((string reason) => reasons.Add(reason));
        });
        var client = await server.OpenAsync(transport);
        await client.JoinAsync();
        await client.JoinAsync("/other");

        await client.SendAsync("""42["close"]""");
        Assert.Equal(["41", "41/other,"], new[] { await client.ReceiveAsync(), await client.ReceiveAsync() }.Order());
        await client.EndsAsync();
        Assert.Equal("server namespace disconnect", await reasons.NextAsync());
        Assert.Equal("server namespace disconnect", await reasons.NextAsync());
        if (client is RawWebSocket socket)
        {
            Assert.Equal((1000, "forced server close"), ((int?)socket.CloseStatus, socket.CloseDescription));
        }
    }

    [Fact]
    public async Task An_abort_sends_no_farewell()
    {
        await using var server = await TestServer.StartAsync(io => io.On("drop", (Socket socket) => socket.Abort()));
        var client = await server.JoinAsync();

        await client.SendAsync("""42["drop"]""");
        await Assert.ThrowsAsync<ConnectionEndedException>(client.NextAsync);
    }

    [Fact]
    public async Task Who_is_put_out_from_outside_while_it_is_being_let_in_is_told_so()
    {
        var decision = new TaskCompletionSource();
        var deciding = new Recorder<Socket>();
        await using var server = await TestServer.StartAsync(io => io.OnConnect((Socket socket) =>
        {
            deciding.Add(socket);
            return decision.Task;
        }));
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync("40");
        await (await deciding.NextAsync()).DisconnectAsync().Soon();
        decision.SetResult();
        await client.ExpectAsync("""44{"message":"Connection rejected by server"}""");
    }

    /// <summary>The server's session is gone for good, not only closed: nobody is left who could answer.</summary>
    [Fact]
    public async Task Disconnecting_who_has_long_gone_completes_too()
    {
        await using var server = await TestServer.StartAsync(io =>
            io.On("kick", async (string id) => await (io.Find(id)?.DisconnectAsync() ?? Task.CompletedTask)));
        var members = await Member.JoinAsync(server, 2);
        await members[0].Client.CloseAsync();

        for (var attempt = 0; attempt < 20; attempt++)
        {
            await members[0].Socket.DisconnectAsync(close: attempt % 2 == 0).Soon();
            await members[1].SeesNothingAsync();
        }
    }

    private static async Task EndAsync(string how, Member member, TestServer server)
    {
        await (how switch
        {
            "leaves" => member.Client.SendAsync("41"),
            "is put out" => member.Socket.DisconnectAsync().Soon(),
            "is put out and closed" => member.Socket.DisconnectAsync(close: true).Soon(),
            "closes" => member.Client.CloseAsync(),
            "sends garbage" => member.Client.SendAsync("42nonsense"),
            "pings" => member.Client.SendAsync("2"),
            "sends too much" => member.Client.TrySendAsync("4" + new string('x', 1_000_001)),
            "server stops" => server.StopAsync(),
            "breaks" => Task.Run(member.Client.Abort),
            _ => Task.Run(member.Socket.Abort),
        });
    }
}
