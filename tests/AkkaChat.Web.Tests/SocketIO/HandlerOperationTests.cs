using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.SocketIO;

/// <summary>What handlers do to rooms and clients, and in which order it takes effect.</summary>
public sealed class HandlerOperationTests
{
    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task A_client_sees_its_own_broadcast_before_the_ack(Transport transport)
    {
        await using var server = await TestServer.StartAsync(io => io.On("say", async (Socket socket, string room, int number) =>
        {
            await socket.JoinAsync(room);
            _ = io.To(room).EmitAsync("said", number);
            _ = io.EmitAsync("all", number);
        }));
        var client = await server.OpenAsync(transport);
        await client.JoinAsync();

        for (var number = 0; number < 50; number++)
        {
            await client.SendAsync($"42{number}[\"say\",\"room {number}\",{number}]");
            await client.ExpectAsync($"42[\"said\",{number}]", $"42[\"all\",{number}]", $"43{number}[]");
        }
    }

    [Fact]
    public async Task Operations_take_effect_in_the_order_of_their_calls_awaited_or_not()
    {
        await using var server = await TestServer.StartAsync(io => io.On("go", (Socket socket) =>
        {
            _ = socket.EmitAsync("1");
            _ = socket.JoinAsync("room");
            _ = io.To("room").EmitAsync("2");
            _ = socket.EmitAsync("3");
            _ = io.EmitAsync("4");
            _ = io.To(socket.Id).EmitAsync("5");
            _ = io.To("room", socket.Id).EmitAsync("6");
            _ = socket.LeaveAsync("room");
            _ = io.To("room").EmitAsync("never");
            _ = socket.EmitAsync("7");
        }));
        var client = await server.JoinAsync();

        for (var round = 0; round < 20; round++)
        {
            await client.SendAsync($"42{round}[\"go\"]");
            await client.ExpectAsync([.. Enumerable.Range(1, 7).Select(number => $"42[\"{number}\"]"), $"43{round}[]"]);
        }
    }

    [Fact]
    public async Task A_handler_that_puts_its_client_out_ends_with_the_farewell()
    {
        var ended = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io => io.On("kick", async (Socket socket) =>
        {
            _ = socket.EmitAsync("before");
            await socket.DisconnectAsync();
            await socket.EmitAsync("after");
            await io.EmitAsync("all");
            ended.Add("handler");
            return "no ack";
        }));
        var client = await server.JoinAsync();

        await client.SendAsync("""420["kick"]""");
        await client.ExpectAsync("""42["before"]""", "41");
        await ended.NextAsync();
        await client.JoinAsync();
        await client.EchoesAsync();
    }

    [Fact]
    public async Task What_a_client_sends_before_it_knows_that_it_is_out_is_ignored()
    {
        await using var server = await TestServer.StartAsync(io => io.On("kick", (Socket socket) => socket.DisconnectAsync()));
        var client = await server.OpenPollingAsync();
        await client.JoinAsync();

        await client.SendAsync("""42["kick"]""", """420["echo"]""", "430[]", """451-["echo",{"_placeholder":true,"num":0}]""", "bAQ==", "41");
        await client.ExpectAsync("41");
        await client.JoinAsync();
        await client.EchoesAsync();
    }

    [Fact]
    public async Task Controllers_and_services_emit_through_the_injected_server()
    {
        await using var server = await TestServer.StartAsync(
            use: app => app.MapGet("/notify/{text}", async (string text, IAkkaChat io) => await io.To("room").EmitAsync("news", text)));
        var member = await Member.JoinAsync(server);
        await member.Socket.JoinAsync("room").Soon();

        using var http = new HttpClient();
        Assert.Equal("", await http.GetStringAsync(new Uri($"http://{server.Host}/notify/hello")).Soon());
        await member.SeesOnlyAsync("""42["news","hello"]""");
        Assert.Same(server.Io, server.Services.GetRequiredService<IAkkaChat>());
    }

    [Fact]
    public async Task Each_event_has_a_service_scope_of_its_own_that_lasts_as_long_as_its_handler()
    {
        await using var server = await TestServer.StartAsync(
            io => io.On("scope", async (Scoped one, Scoped same, IAkkaChat injected, INamespace name, int number) =>
            {
                await Task.Yield();
                return (number, ReferenceEquals(one, same), one.Count++, one.IsDisposed, ReferenceEquals(injected, io), name.Name);
            }),
            build: builder => builder.Services.AddScoped<Scoped>());
        var client = await server.JoinAsync();

        await client.SendAsync("""420["scope",5]""", """421["scope",6]""");
        await client.ExpectAsync("""430[5,true,0,false,true,"/"]""", """431[6,true,0,false,true,"/"]""");
    }

    [Fact]
    public async Task The_token_of_a_handler_is_cancelled_when_its_client_goes()
    {
        var events = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io => io
            .OnDisconnect(() => events.Add("disconnect"))
            .On("wait", async (CancellationToken token) =>
            {
                events.Add("waits");
                await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => events.Add("cancelled"), TaskScheduler.Default);
            }));
        var client = await server.JoinAsync();

        await client.SendAsync("""42["wait"]""");
        Assert.Equal("waits", await events.NextAsync());
        client.Abort();
        Assert.Equal(["cancelled", "disconnect"], new[] { await events.NextAsync(), await events.NextAsync() });
    }

    [Theory]
    [InlineData("ref")]
    [InlineData("callback")]
    [InlineData("async void")]
    [InlineData("two payloads")]
    [InlineData("a number as reason")]
    public async Task A_signature_that_cannot_be_served_is_refused_where_it_is_registered(string which)
    {
        await using var server = await TestServer.StartAsync();
        var io = server.Io;

#pragma warning disable MA0147 // That it is async void is the mistake that this is about.
        var exception = Assert.ThrowsAny<InvalidOperationException>(() => which switch
        {
            "ref" => io.On("x", (ref int number) => number++),
            "callback" => io.On("x", (Action acknowledge) => acknowledge()),
            "async void" => io.On("x", async void () => await Task.Yield()),
            "two payloads" => io.OnConnect((string one, string two) => one == two),
            _ => io.OnDisconnect((int reason) => reason),
        });
#pragma warning restore MA0147
        Assert.Contains(which is "ref" or "async void" ? "handler" : "Accepted are Socket", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class Scoped : IDisposable
    {
        public int Count { get; set; }

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
