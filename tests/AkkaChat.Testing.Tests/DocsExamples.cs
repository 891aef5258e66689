using AkkaChat.Testing.Tests.SampleApp;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Testing.Tests;

/// <summary>
/// The code of docs/testing.md. A block there is the text between two lines "// doc: name" and "// end" here, which
/// <see cref="DocsTests"/> compares.
/// </summary>
public sealed class DocsExamples
{
    // doc: first
    [Fact]
    public async Task A_message_reaches_the_room_but_not_its_sender()
    {
        await using var server = await ChatTestServer.StartAsync(Chat);
        await using var ann = await server.ConnectAsync();
        await using var bob = await server.ConnectAsync();
        await ann.CallAsync("join", "lobby");
        await bob.CallAsync("join", "lobby");

        await ann.EmitAsync("message", "lobby", "Hello!");

        Assert.Equal("Hello!", await bob.ExpectAsync<string>("message"));
        await ann.ExpectNothingAsync();
    }
    // end

    // doc: handlers
    private static void Chat(IAkkaChat io)
    {
        io.On("join", (Socket socket, string room) => socket.JoinAsync(room));
        io.On("message", (Socket socket, string room, string text) => socket.To(room).EmitAsync("message", text));
    }
    // end

    [Fact]
    public async Task Events()
    {
        await using var server = await ChatTestServer.StartAsync(io =>
            io.On("move", (Socket socket, int x, int y) => socket.EmitAsync("moved", x, y, new Position(x, y))));
        await using var client = await server.ConnectAsync();

        // doc: events
        await client.EmitAsync("move", 3, 4);

        var moved = await client.ExpectAsync("moved");        // a ReceivedEvent
        Assert.Equal(3, moved.Argument<int>(0));
        Assert.Equal(new Position(3, 4), moved.Argument<Position>(2));

        await client.EmitAsync("move", 5, 6);
        var (x, y) = await client.ExpectAsync<int, int>("moved");
        Assert.Equal((5, 6), (x, y));

        Assert.Empty(await client.ReceivedAsync());           // whatever has come and nobody expected
        // end
    }

    [Fact]
    public async Task Acks()
    {
        await using var server = await ChatTestServer.StartAsync(io =>
        {
            io.On("sum", (int a, int b) => a + b);
            io.On("pair", () => ("a", 1));
            io.On("delete", async (Socket socket, string name) =>
                await socket.CallAsync<bool>("sure?", name) ? "deleted" : "kept");
            io.On("forbidden", string () => throw new EventException("not yours") { Code = "forbidden" });
        });
        await using var client = await server.ConnectAsync();

        // doc: acks
        Assert.Equal(5, await client.CallAsync<int>("sum", 2, 3));

        var both = await client.CallAsync("pair");            // all arguments of the ack
        Assert.Equal("a", both[0].As<string>());
        Assert.Equal(1, both[1].As<int>());

        var error = await client.CallAsync<Refusal>("forbidden");
        Assert.Equal(new Refusal("not yours", "forbidden"), error);
        // end

        // doc: server-calls
        client.On("sure?", (string name) => name != "important");

        Assert.Equal("deleted", await client.CallAsync<string>("delete", "junk"));
        Assert.Equal("kept", await client.CallAsync<string>("delete", "important"));
        // end

        // doc: server-call-by-hand
        await using var slow = await server.ConnectAsync();
        var deleting = slow.CallAsync<string>("delete", "junk");
        var question = await slow.ExpectAsync("sure?");
        Assert.Equal("junk", question.Argument<string>());
        await question.AckAsync(false);

        Assert.Equal("kept", await deleting);
        // end
    }

    [Fact]
    public async Task Namespaces_and_auth()
    {
        // doc: namespaces
        await using var server = await ChatTestServer.StartAsync(io =>
        {
            io.Of("/admin").OnConnect((Login? login) => login?.Token == "secret"
                ? Connect.Accept
                : Connect.Refuse("unauthorized", new { code = 7 }));
            io.Of("/admin").On("restart", () => "done");
        });
        await using var client = await server.ConnectAsync();

        var refused = await Assert.ThrowsAsync<ConnectRefusedException>(() => client.JoinAsync("/admin"));
        Assert.Equal("unauthorized", refused.Message);
        Assert.Equal(7, refused.Payload?.GetProperty("code").GetInt32());

        var admin = await client.JoinAsync("/admin", auth: new { token = "secret" });
        Assert.Equal("done", await admin.CallAsync<string>("restart"));
        Assert.Same(admin, client.Of("/admin"));
        // end
    }

    [Fact]
    public async Task Users()
    {
        // doc: users
        await using var server = await ChatTestServer.StartAsync(
            io =>
            {
                io.Of("/staff").RequireAuthorization("staff");
                io.Of("/staff").On("who", (Socket socket) => socket.User.Identity!.Name);
            },
            services: services => services.AddAuthorizationBuilder()
                .AddPolicy("staff", policy => policy.RequireRole("staff")));

        await using var ann = await server.ConnectAsync("/staff", user: TestUser.Named("ann", "staff"));
        Assert.Equal("ann", await ann.CallAsync<string>("who"));

        await Assert.ThrowsAsync<ConnectRefusedException>(() =>
            server.ConnectAsync("/staff", user: TestUser.Named("bob")));
        // end
    }

    [Fact]
    public async Task Binary()
    {
        await using var server = await ChatTestServer.StartAsync(io => io.On("upload", (Socket socket, Upload upload) =>
            socket.EmitAsync("uploaded", upload.Name, upload.Content)));
        await using var client = await server.ConnectAsync();

        // doc: binary
        await client.EmitAsync("upload", new Upload("a.bin", [1, 2, 3]));

        var (name, content) = await client.ExpectAsync<string, byte[]>("uploaded");
        Assert.Equal("a.bin", name);
        Assert.Equal([1, 2, 3], content);
        // end
    }

    [Fact]
    public async Task Disconnects()
    {
        List<string> reasons = [];
        await using var server = await ChatTestServer.StartAsync(io =>
        {
            io.OnDisconnect((string reason) => reasons.Add(reason));
            io.On("kick me", (Socket socket) => socket.DisconnectAsync());
        });

        // doc: disconnects
        await using var polite = await server.ConnectAsync();
        await polite.DisconnectAsync();                       // says goodbye

        await using var dropped = await server.ConnectAsync();
        await dropped.AbortAsync();                           // the network fails

        await using var kicked = await server.ConnectAsync();
        await kicked.EmitAsync("kick me");
        Assert.Equal("server namespace disconnect", await kicked.ExpectDisconnectAsync());

        // The server's disconnect handlers have run by now.
        await server.SettleAsync();
        Assert.Equal(["client namespace disconnect", "transport close", "server namespace disconnect"], reasons);
        // end
    }

    [Fact]
    public async Task Transports()
    {
        await using var server = await ChatTestServer.StartAsync();

        // doc: transports
        await using var polling = await server.ConnectAsync(transport: TestTransport.Polling);
        await using var upgraded = await server.ConnectAsync(transport: TestTransport.Upgrade);

        Assert.Equal("polling", polling.Socket!.Transport);
        Assert.Equal("websocket", upgraded.Socket!.Transport);
        // end
    }

    [Fact]
    public async Task The_servers_side()
    {
        await using var server = await ChatTestServer.StartAsync(Chat);
        await using var client = await server.ConnectAsync();

        // doc: server-side
        await client.CallAsync("join", "lobby");
        Assert.Contains("lobby", client.Socket!.Rooms);

        await server.Io.To("lobby").EmitAsync("message", "from the test");
        Assert.Equal("from the test", await client.ExpectAsync<string>("message"));
        // end
    }

    [Fact]
    public async Task Heartbeats()
    {
        // doc: heartbeats
        await using var server = await ChatTestServer.StartAsync();
        await using var client = await server.ConnectAsync();

        await server.AdvanceAsync(TimeSpan.FromHours(1));     // pings come and are answered
        Assert.True(client.Connected);

        client.StopAnsweringPings();
        await server.AdvanceAsync(TimeSpan.FromSeconds(45));  // ping-interval + ping-timeout
        Assert.Equal("ping timeout", await client.ExpectDisconnectAsync());
        // end
    }

    [Fact]
    public async Task Time_limits()
    {
        // doc: time-limits
        await using var server = await ChatTestServer.StartAsync(io =>
        {
            io.OnConnect((Socket socket, TimeProvider time) => socket.ExpireAt(time.GetUtcNow().AddMinutes(10)));
            io.OnAuthRefresh((Socket socket, string token, TimeProvider time) =>
            {
                socket.ExpireAt(time.GetUtcNow().AddMinutes(10));
                return token == "fresh";
            });
            io.On("remind me", async (Socket socket, TimeProvider time, CancellationToken gone) =>
            {
                await Task.Delay(TimeSpan.FromMinutes(15), time, gone);
                await socket.EmitAsync("reminder");
            });
        });
        await using var client = await server.ConnectAsync();
        client.On("auth:refresh", _ => "fresh");
        await client.EmitAsync("remind me");

        await server.AdvanceAsync(TimeSpan.FromMinutes(14));
        await client.ExpectNothingAsync();                    // still connected, and not reminded yet
        await server.AdvanceAsync(TimeSpan.FromMinutes(1));
        await client.ExpectAsync("reminder");
        // end
    }

    [Fact]
    public async Task An_application()
    {
        // doc: application
        await using var program = new WebApplicationFactory<Program>();
        await using var factory = program.WithWebHostBuilder(host => host.ConfigureTestServices(services => services
            .UseTestClock()
            .AddSingleton<Greeter, QuietGreeter>()));
        await using var server = ChatTestServer.For(factory.Server);
        await using var client = await server.ConnectAsync();

        Assert.Equal("hello, ann!", await client.CallAsync<string>("greet", "Ann"));
        // end
    }

    public sealed record Position(int X, int Y);

    public sealed record Refusal(string Error, string? Code);

    public sealed record Login(string Token);

    public sealed record Upload(string Name, byte[] Content);

    private sealed class QuietGreeter : Greeter
    {
        public override string Greet(string name) => base.Greet(name).ToLowerInvariant();
    }
}
