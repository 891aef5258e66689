using System.Text.Json;

namespace AkkaChat.Testing.Tests;

/// <summary>What a test client does and says, over every transport.</summary>
public sealed class TestClientTests
{
    public static TheoryData<TestTransport> Transports => [TestTransport.WebSocket, TestTransport.Polling, TestTransport.Upgrade];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_client_connects_emits_receives_and_leaves(TestTransport transport)
    {
        string? reason = null;
        await using var server = await ChatTestServer.StartAsync(io =>
        {
            io.On("shout", (Socket socket, string text) => socket.EmitAsync("echo", text.ToUpperInvariant(), 2));
            io.OnDisconnect((string why) => reason = why);
        });
        await using var client = await server.ConnectAsync(transport: transport);

        await client.EmitAsync("shout", "hi");
        var (text, number) = await client.ExpectAsync<string, int>("echo");

        Assert.Equal(("HI", 2), (text, number));
        Assert.True(client.Connected);
        Assert.Equal(transport == TestTransport.Polling ? "polling" : "websocket", client.Socket!.Transport);
        await client.DisconnectAsync();
        Assert.Equal("client namespace disconnect", reason);
        Assert.False(client.Connected);
        Assert.Equal("client namespace disconnect", await client.ExpectDisconnectAsync());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Acks_go_both_ways(TestTransport transport)
    {
        await using var server = await ChatTestServer.StartAsync(io =>
        {
            io.On("sum", (int a, int b) => a + b);
            io.On("both", () => ("a", 1));
            io.On("nothing", () => { });
            io.On("ask", async (Socket socket) => await socket.CallAsync<string>("name?", "please") + "!");
        });
        await using var client = await server.ConnectAsync(transport: transport);
        client.On("name?", (string word) => $"ann, {word}");

        Assert.Equal(5, await client.CallAsync<int>("sum", 2, 3));
        Assert.Equal("ann, please!", await client.CallAsync<string>("ask"));
        Assert.Null(await client.CallAsync<string?>("nothing"));
        Assert.Equal(["\"a\"", "1"], (await client.CallAsync("both")).Select(argument => argument.ToString()));
        await client.ExpectNothingAsync();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Binary_travels_both_ways_at_any_depth(TestTransport transport)
    {
        await using var server = await ChatTestServer.StartAsync(io =>
            io.On("store", async (Socket socket, Upload upload) =>
            {
                await socket.EmitAsync("stored", upload.Content.Reverse().ToArray());
                return new Upload(upload.Name + ".bak", upload.Content);
            }));
        await using var client = await server.ConnectAsync(transport: transport);

        var copy = await client.CallAsync<Upload>("store", new Upload("a.bin", [1, 2, 3]));

        Assert.Equal("a.bin.bak", copy.Name);
        Assert.Equal([1, 2, 3], copy.Content);
        Assert.Equal([3, 2, 1], await client.ExpectAsync<byte[]>("stored"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_dropped_connection_ends_the_handlers_before_the_call_returns(TestTransport transport)
    {
        string? reason = null;
        await using var server = await ChatTestServer.StartAsync(io => io.OnDisconnect(async (Socket socket, string why) =>
        {
            await socket.Broadcast.EmitAsync("gone", why);
            reason = why;
        }));
        await using var stays = await server.ConnectAsync();
        await using var goes = await server.ConnectAsync(transport: transport);

        await goes.AbortAsync();

        Assert.Equal("transport close", reason);
        Assert.Equal("transport close", await stays.ExpectAsync<string>("gone"));
        Assert.Equal("transport close", await goes.ExpectDisconnectAsync());
    }

    [Fact]
    public async Task One_connection_serves_several_namespaces()
    {
        await using var server = await ChatTestServer.StartAsync(io =>
        {
            io.On("where", (INamespace here) => here.Name);
            io.Of("/admin").On("where", (INamespace here) => here.Name);
            io.Of("/admin").OnConnect((Login login) => login.Token == "secret");
        });
        await using var client = await server.ConnectAsync();

        var admin = await client.JoinAsync("/admin", new Login("secret"));

        Assert.Equal("/", await client.CallAsync<string>("where"));
        Assert.Equal("/admin", await admin.CallAsync<string>("where"));
        Assert.Same(admin, client.Of("/admin"));
        Assert.NotEqual(client.Id, admin.Id);

        await admin.DisconnectAsync();
        Assert.Null(server.Io.Of("/admin").Find(admin.Id));
        Assert.True(client.Connected);
        var error = Assert.Throws<InvalidOperationException>(() => client.Of("/admin"));
        Assert.Contains("JoinAsync(\"/admin\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_carries_message_and_data()
    {
        await using var server = await ChatTestServer.StartAsync(io =>
            io.OnConnect((Login? login) => login is null
                ? Connect.Refuse("no login", new { code = 7 })
                : Connect.Refuse("wrong login")));

        var first = await Assert.ThrowsAsync<ConnectRefusedException>(() => server.ConnectAsync());
        var second = await Assert.ThrowsAsync<ConnectRefusedException>(() => server.ConnectAsync(auth: new Login("x")));
        var third = await Assert.ThrowsAsync<ConnectRefusedException>(() => server.ConnectAsync("/unknown"));

        Assert.Equal("no login", first.Message);
        Assert.Equal(7, first.Payload?.GetProperty("code").GetInt32());
        Assert.Equal("wrong login", second.Message);
        Assert.Null(second.Payload);
        Assert.Equal("Invalid namespace", third.Message);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_refused_request_says_its_status(TestTransport transport)
    {
        await using var server = await ChatTestServer.StartAsync(configure: options =>
            options.AllowRequest = context => ValueTask.FromResult(context.Request.Query["key"] == "ok" ? null : "no key"));

        var refusal = await Assert.ThrowsAsync<ConnectRefusedException>(() => server.ConnectAsync(transport: transport));
        await using var client = await server.ConnectAsync(query: new() { ["key"] = "ok" }, transport: transport);

        Assert.Equal(403, refusal.StatusCode);
        Assert.True(client.Connected);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Query_headers_and_user_reach_the_handlers(TestTransport transport)
    {
        await using var server = await ChatTestServer.StartAsync(io => io.On("who", (Socket socket) =>
            $"{socket.User.Identity?.Name} {socket.Handshake.Query["color"]} {socket.Handshake.Headers["x-device"]} {socket.User.IsInRole("admin")}"));
        await using var client = await server.ConnectAsync(
            query: new() { ["color"] = "dark blue" },
            headers: new() { ["X-Device"] = "phone" },
            user: TestUser.Named("ann", "admin"),
            transport: transport);

        Assert.Equal("ann dark blue phone True", await client.CallAsync<string>("who"));
        await server.Io.ToUser("ann").EmitAsync("hello");
        await client.ExpectAsync("hello");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_server_puts_a_client_out(TestTransport transport)
    {
        await using var server = await ChatTestServer.StartAsync();
        await using var one = await server.ConnectAsync(transport: transport);
        await using var two = await server.ConnectAsync(transport: transport);

        await one.Socket!.DisconnectAsync();
        await two.Socket!.DisconnectAsync(close: true);

        Assert.Equal("server namespace disconnect", await one.ExpectDisconnectAsync());
        Assert.Equal("server namespace disconnect", await two.ExpectDisconnectAsync());
        var error = await Assert.ThrowsAsync<ExpectationException>(() => one.EmitAsync("x"));
        Assert.Equal("'x' cannot be sent: the client is disconnected (server namespace disconnect).", error.Message);
    }

    [Fact]
    public async Task A_client_that_is_put_out_of_its_last_namespace_closes_the_connection()
    {
        var isOver = false;
        await using var server = await ChatTestServer.StartAsync(io => io.OnDisconnect(async () =>
        {
            await Task.Yield();
            isOver = true;
        }));
        await using var client = await server.ConnectAsync();

        await client.Socket!.DisconnectAsync();
        await server.SettleAsync();

        Assert.True(isOver);
        var error = await Assert.ThrowsAsync<ExpectationException>(() => client.JoinAsync("/other"));
        Assert.Equal("'/other' cannot be joined: The connection is closed.", error.Message);
    }

    [Fact]
    public async Task A_call_of_the_server_can_be_answered_by_the_test()
    {
        await using var server = await ChatTestServer.StartAsync();
        await using var client = await server.ConnectAsync();

        var call = client.Socket!.CallAsync<int>("count", "sheep");
        var asked = await client.ExpectAsync("count");
        await asked.AckAsync(3);

        Assert.True(asked.WantsAck);
        Assert.Equal("sheep", asked.Argument<string>());
        Assert.Equal(3, await call);
        await client.Socket!.EmitAsync("plain");
        var plain = await client.ExpectAsync("plain");
        await Assert.ThrowsAsync<InvalidOperationException>(() => plain.AckAsync());
    }

    [Fact]
    public async Task Arguments_are_written_as_the_servers_options_say()
    {
        await using var server = await ChatTestServer.StartAsync(
            io => io.On("raw", (EventArguments all) => all[0].ToString()),
            options => options.JsonSerializerOptions = new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            });
        await using var client = await server.ConnectAsync();

        Assert.Equal("""{"first_name":"Ann"}""", await client.CallAsync<string>("raw", new { FirstName = "Ann" }));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_server_with_the_msgpack_parser_is_spoken_to_in_msgpack(TestTransport transport)
    {
        await using var server = await ChatTestServer.StartAsync(
            io =>
            {
                io.OnConnect((Login login) => login.Token == "secret");
                io.On("store", (Upload upload) => upload);
            },
            options => options.Parser = "msgpack");
        await using var client = await server.ConnectAsync(auth: new Login("secret"), transport: transport);

        var copy = await client.CallAsync<Upload>("store", new Upload("a.bin", [1, 2, 3]));

        Assert.Equal([1, 2, 3], copy.Content);
        await client.ExpectNothingAsync();
        await client.DisconnectAsync();
    }

    public sealed record Upload(string Name, byte[] Content);

    public sealed record Login(string Token);
}
