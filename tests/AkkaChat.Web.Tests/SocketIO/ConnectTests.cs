using System.Security.Claims;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace AkkaChat.Web.Tests.SocketIO;

public sealed class ConnectTests
{
    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task A_client_joins_the_main_namespace_and_gets_an_id(Transport transport)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenAsync(transport);

        var id = await client.JoinAsync();
        Assert.Equal(id, server.Io.Find(id)?.Id);
    }

    [Theory]
    [InlineData("40/custom,", "/custom")]
    [InlineData("40/custom", "/custom")]
    [InlineData("""40/custom,{"token":"x"}""", "/custom")]
    [InlineData("40/custom?token=x,", "/custom")]
    public async Task A_client_joins_a_namespace_however_it_writes_it(string packet, string name)
    {
        await using var server = await TestServer.StartAsync(io => io.Of("custom"));
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync(packet);
        Assert.StartsWith($"40{name},{{\"sid\":\"", await client.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_namespace_has_a_socket_of_its_own_over_one_connection()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/other").On("who", (Socket socket) => socket.Id));
        var client = await server.OpenWebSocketAsync();

        var main = await client.JoinAsync();
        var other = await client.JoinAsync("/other");
        Assert.NotEqual(main, other);
        await client.SendAsync("""42/other,7["who"]""");
        await client.ExpectAsync($"43/other,7[\"{other}\"]");
        Assert.Equal(1, server.SessionCount);
    }

    [Theory]
    [InlineData("40/unknown,", "/unknown")]
    [InlineData("40/..,", "/..")]
    [InlineData("40/user/$a,", "/user/$a")]
    [InlineData("40/%2F,", "/%2F")]
    [InlineData("40/#,", "/#")]
    [InlineData("40/Custom,", "/Custom")]
    public async Task An_unknown_namespace_is_refused_and_the_connection_stays(string packet, string name)
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/custom"));
        var client = await server.JoinAsync();

        await client.SendAsync(packet);
        await client.ExpectAsync($$"""44{{name}},{"message":"Invalid namespace"}""");
        await client.EchoesAsync();
    }

    [Fact]
    public async Task What_a_refused_client_has_sent_already_is_ignored()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync();

        await client.SendAsync("40/unknown,", """42/unknown,["hello"]""", "40");
        await client.ExpectAsync("""44/unknown,{"message":"Invalid namespace"}""");
        Assert.StartsWith("40{", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.EchoesAsync();
    }

    [Fact]
    public async Task A_refusal_carries_its_message_and_data()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/bare").OnConnect(() => Connect.Refuse("no"));
            io.Of("/data").OnConnect(() => Connect.Refuse("no", new { code = 401, hint = "token" }));
            io.Of("/null").OnConnect(() => Connect.Refuse("no", null));
            io.Of("/false").OnConnect(() => false);
            io.Of("/task").OnConnect(async () =>
            {
                await Task.Yield();
                return Connect.Refuse("later");
            });
        });
        var client = await server.JoinAsync();

        await client.SendAsync("40/bare,", "40/data,", "40/null,", "40/false,", "40/task,");
        await client.ExpectAsync(
            """44/bare,{"message":"no"}""",
            """44/data,{"message":"no","data":{"code":401,"hint":"token"}}""",
            """44/null,{"message":"no","data":null}""",
            """44/false,{"message":"Connection rejected by server"}""",
            """44/task,{"message":"later"}""");
        await client.EchoesAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connect_handler_that_throws_refuses_and_tells_nothing(bool isLater)
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/secret").On("peek", () => "seen");
            io.Of("/secret").OnConnect(async () =>
            {
                if (isLater)
                {
                    await Task.Yield();
                }

                throw new InvalidOperationException("the password is 1234");
            });
        });
        var client = await server.JoinAsync();

        await client.SendAsync("40/secret,");
        await client.ExpectAsync("""44/secret,{"message":"Connection rejected by server"}""");
        await server.Io.Of("/secret").EmitAsync("news", 1);
        await client.SendAsync("""42/secret,1["peek"]""");
        await client.EchoesAsync();
    }

    [Fact]
    public async Task What_is_sent_while_the_handler_decides_comes_after_its_yes()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/eager").OnConnect(async (Socket socket) =>
        {
            await socket.EmitAsync("first", 1);
            await Task.Yield();
            await socket.EmitAsync("second", "b"u8.ToArray());
            return Connect.Accept;
        }));
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync("40/eager,");
        Assert.StartsWith("40/eager,{", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.ExpectAsync("""42/eager,["first",1]""", """451-/eager,["second",{"_placeholder":true,"num":0}]""");
        await client.ExpectBinaryAsync("b"u8.ToArray());
    }

    [Fact]
    public async Task What_is_sent_to_a_client_that_is_refused_then_never_arrives()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/eager").OnConnect(async (Socket socket) =>
        {
            await socket.JoinAsync("room");
            await socket.EmitAsync("first", 1);
            return false;
        }));
        var client = await server.JoinAsync();

        await client.SendAsync("40/eager,");
        await client.ExpectAsync("""44/eager,{"message":"Connection rejected by server"}""");
        await server.Io.Of("/eager").To("room").EmitAsync("news");
        await client.EchoesAsync();
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task Events_sent_right_behind_a_connect_are_kept_until_it_is_decided(Transport transport)
    {
        var decision = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io => io.Of("/slow").OnConnect(() => decision.Task));
        server.Io.Of("/slow").On("count", (int number) => number);
        var client = await server.OpenAsync(transport);

        await client.SendAsync(["40/slow,", .. Enumerable.Range(0, 20).Select(number => $"42/slow,{number}[\"count\",{number}]")]);
        decision.SetResult();
        Assert.StartsWith("40/slow,{", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.ExpectAsync([.. Enumerable.Range(0, 20).Select(number => $"43/slow,{number}[{number}]")]);
    }

    [Fact]
    public async Task A_client_that_is_asked_to_wait_in_one_namespace_is_served_in_another()
    {
        var decision = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io => io.Of("/slow").OnConnect(() => decision.Task));
        var client = await server.JoinAsync();

        await client.SendAsync("40/slow,");
        await client.EchoesAsync();
        decision.SetResult();
        Assert.StartsWith("40/slow,{", await client.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_can_leave_while_it_is_still_being_decided_on()
    {
        var decision = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io => io.Of("/slow").OnConnect(() => decision.Task));
        var client = await server.JoinAsync();

        await client.SendAsync("40/slow,", "41/slow,");
        await client.EchoesAsync();
        decision.SetResult();
        Assert.StartsWith("/slow", await RejoinAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handler_gets_the_auth_payload_as_its_own_type()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/typed").OnConnect((Token? token) => token?.Key == "k" ? Connect.Accept : Connect.Refuse(token?.Key ?? "none"));
            io.Of("/needed").OnConnect((Token token) => Connect.Refuse(token.Key));
            io.Of("/raw").OnConnect((Socket socket) => Connect.Refuse(socket.Handshake.Auth.ToString() + socket.Handshake.HasAuth));
        });
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync(
            "40/typed,", """40/typed,{"key":"x"}""", "40/needed,", """40/needed,{"key":7}""", "40/raw,", "40/raw,{}");
        await client.ExpectAsync(
            """44/typed,{"message":"none"}""",
            """44/typed,{"message":"x"}""",
            """44/needed,{"message":"Connection rejected by server"}""",
            """44/needed,{"message":"Connection rejected by server"}""",
            """44/raw,{"message":"{}False"}""",
            """44/raw,{"message":"{}True"}""");
        await client.JoinAsync("/typed", """{"key":"k"}""");
    }

    [Fact]
    public async Task The_handshake_is_that_of_the_request_that_opened_the_connection()
    {
        await using var server = await TestServer.StartAsync(io => io.On("handshake", (Socket socket, Handshake handshake) => new
        {
            same = ReferenceEquals(socket.Handshake, handshake),
            query = handshake.Query["q"],
            transport = handshake.Query["transport"],
            header = handshake.Headers["x-own"],
            address = handshake.Address,
            url = handshake.Url.StartsWith("/socket.io/?EIO=4&", StringComparison.Ordinal),
            secure = handshake.Secure,
        }));
        await using var client = await RawWebSocket.OpenAsync(
            server.Host, "/socket.io/", "&q=a%20%C3%A4%26&q=second", ("X-Own", "1, 2"));
        await client.JoinAsync();

        await client.SendAsync("""420["handshake"]""");
        await client.ExpectAsync(
            """430[{"same":true,"query":"a ä&","transport":"websocket","header":"1, 2","address":"127.0.0.1","url":true,"secure":false}]""");
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task Who_joins_nothing_is_closed_at_the_connect_timeout(Transport transport)
    {
        await using var server = await TestServer.StartAsync(
            options: options => options.ConnectTimeout = TimeSpan.FromMilliseconds(1000));
        var member = await server.JoinAsync();
        var client = await server.OpenAsync(transport);

        await client.EndsAsync();
        if (client is RawWebSocket socket)
        {
            Assert.Equal((1008, "connect timeout"), ((int?)socket.CloseStatus, socket.CloseDescription));
        }

        await member.EchoesAsync();
    }

    [Fact]
    public async Task Who_was_only_refused_is_closed_at_the_connect_timeout_as_well()
    {
        await using var server = await TestServer.StartAsync(
            options: options => options.ConnectTimeout = TimeSpan.FromMilliseconds(1000));
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync("40/unknown,");
        await client.ExpectAsync("""44/unknown,{"message":"Invalid namespace"}""");
        Assert.Equal(1008, await client.CloseCodeAsync());
    }

    [Fact]
    public async Task There_is_a_limit_on_the_namespaces_of_one_connection()
    {
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.Of("/a");
                io.Of("/b");
            },
            settings: ("max-namespaces-per-connection", "2"));
        var client = await server.JoinAsync();

        await client.JoinAsync("/a");
        await client.SendAsync("40/b,");
        await client.ExpectAsync("""44/b,{"message":"Too many namespaces on one connection"}""");
        await client.SendAsync("41/a,");
        await client.JoinAsync("/b");
    }

    [Fact]
    public async Task Who_the_request_was_authenticated_as_is_known_to_handlers()
    {
        await using var server = await TestServer.StartAsync(
            io => io.On("who", (ClaimsPrincipal user) => user.Identity?.Name),
            use: app => app.Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "Ada")], "test"));
                return next(context);
            }));
        var client = await server.JoinAsync();

        await client.SendAsync("""420["who"]""");
        await client.ExpectAsync("""430["Ada"]""");
    }

    private static async Task<string> RejoinAsync(RawWebSocket client)
    {
        await client.SendAsync("40/slow,");
        return (await client.ReceiveAsync())[2..];
    }

    private sealed record Token(string Key);
}
