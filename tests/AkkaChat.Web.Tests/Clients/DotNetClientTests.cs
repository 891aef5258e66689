using System.Collections.Concurrent;
using System.Text;
using AkkaChat.Web.Tests.Support;
using SocketIOClient;
using SocketIOClient.Transport;
using StockClient = SocketIOClient.SocketIO;

namespace AkkaChat.Web.Tests.Clients;

/// <summary>The NuGet package SocketIOClient, as users have it.</summary>
public sealed class DotNetClientTests
{
    private static readonly byte[] Bytes = [0, 1, 254, 255];

    public static TheoryData<TransportProtocol, bool> Ways => new()
    {
        { TransportProtocol.Polling, false },
        { TransportProtocol.Polling, true },
        { TransportProtocol.WebSocket, false },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_connects_emits_and_receives(TransportProtocol transport, bool upgrades)
    {
        await using var server = await TestServer.StartAsync();
        using var client = Create(server.Port, transport, upgrades);
        var received = new Recorder<(string, int)>();
        client.On("echo", response => received.Add((response.GetValue<string>(), response.GetValue<int>(1))));

        await client.ConnectAsync().Soon();
        Assert.NotNull(server.Io.Find(client.Id));
        for (var number = 0; number < 20; number++)
        {
            await client.EmitAsync("echo", "grüße", number).Soon();
            Assert.Equal(("grüße", number), await received.NextAsync());
        }

        await client.DisconnectAsync().Soon();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Acks_go_both_ways(TransportProtocol transport, bool upgrades)
    {
        await using var server = await TestServer.StartAsync(io => io.On("add", (int one, int other) => (one + other, "sum")));
        using var client = Create(server.Port, transport, upgrades);
        var acks = new Recorder<(int, string)>();
        client.On("question", response => _ = response.CallbackAsync(response.GetValue<int>() * 2));

        await client.ConnectAsync().Soon();
        await client.EmitAsync("add", response => acks.Add((response.GetValue<int>(), response.GetValue<string>(1))), 3, 4).Soon();
        Assert.Equal((7, "sum"), await acks.NextAsync());
        Assert.Equal(42, await server.Io.Find(client.Id)!.CallAsync<int>("question", 21).Soon());
        await client.DisconnectAsync().Soon();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Binary_goes_both_ways(TransportProtocol transport, bool upgrades)
    {
        await using var server = await TestServer.StartAsync();
        using var client = Create(server.Port, transport, upgrades);
        var received = new Recorder<byte[]>();
        client.On("echo", response => received.Add([.. response.GetValue<byte[]>(), .. response.GetValue<Envelope>(1).Data]));

        await client.ConnectAsync().Soon();
        await client.EmitAsync("echo", Bytes, new Envelope { Name = "n", Data = Encoding.UTF8.GetBytes("inside") }).Soon();
        Assert.Equal(Bytes.Concat(Encoding.UTF8.GetBytes("inside")), await received.NextAsync());
        await client.DisconnectAsync().Soon();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_joins_a_namespace_with_its_credentials(TransportProtocol transport, bool upgrades)
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/guarded")
            .OnConnect((Credentials credentials) => credentials.Token == "let me in" ? Connect.Accept : Connect.Refuse("not you"))
            .On("where", (INamespace name) => name.Name));
        using var client = Create(server.Port, transport, upgrades, "guarded", new { token = "let me in" });
        var acks = new Recorder<string>();

        await client.ConnectAsync().Soon();
        await client.EmitAsync("where", response => acks.Add(response.GetValue<string>())).Soon();
        Assert.Equal("/guarded", await acks.NextAsync());
        await client.DisconnectAsync().Soon();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_hears_that_it_was_refused(TransportProtocol transport, bool upgrades)
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/guarded").OnConnect(() => Connect.Refuse("not you")));
        using var client = Create(server.Port, transport, upgrades, "guarded");
        var errors = new Recorder<string>();
        client.OnError += (_, message) => errors.Add(message);

        var connecting = client.ConnectAsync();
        Assert.Equal("not you", await errors.NextAsync());
        await Record.ExceptionAsync(() => connecting).Soon();
        Assert.False(client.Connected);
    }

    [Fact]
    public async Task It_hears_that_it_was_put_out()
    {
        await using var server = await TestServer.StartAsync(io => io.On("kick", (Socket socket) => socket.DisconnectAsync()));
        using var client = Create(server.Port, TransportProtocol.WebSocket, upgrades: false);
        var ends = new Recorder<string>();
        client.OnDisconnected += (_, reason) => ends.Add(reason);

        await client.ConnectAsync().Soon();
        await client.EmitAsync("kick").Soon();
        Assert.Equal("io server disconnect", await ends.NextAsync());
    }

    [Fact]
    public async Task It_answers_pings_for_as_long_as_it_lives()
    {
        var left = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io => io.OnDisconnect((string reason) => left.Add(reason)),
            options =>
            {
                options.PingInterval = TimeSpan.FromMilliseconds(200);
                options.PingTimeout = TimeSpan.FromSeconds(3);
            });
        using var client = Create(server.Port, TransportProtocol.Polling, upgrades: true);
        var pings = new Recorder<string>();
        client.OnPing += (_, _) => pings.Add("ping");

        await client.ConnectAsync().Soon();
        for (var beat = 0; beat < 5; beat++)
        {
            await pings.NextAsync();
        }

        await client.DisconnectAsync().Soon();
        Assert.NotEqual("ping timeout", await left.NextAsync());
    }

    [Fact]
    public async Task It_comes_back_after_the_server_was_started_again()
    {
        var first = await TestServer.StartAsync();
        var port = first.Port;
        using var client = Create(port, TransportProtocol.WebSocket, upgrades: false, reconnects: true);
        var connected = new Recorder<string>();
        var ended = new Recorder<string>();
        client.OnConnected += (sender, _) => connected.Add(((StockClient)sender!).Id);
        client.OnDisconnected += (_, reason) => ended.Add(reason);
        var attempts = new ConcurrentQueue<string>();
        client.OnReconnectAttempt += (_, number) => attempts.Enqueue($"attempt {number}");
        client.OnReconnectError += (_, error) => attempts.Enqueue(error.ToString());
        client.OnError += (_, error) => attempts.Enqueue(error);
        await client.ConnectAsync().Soon();
        var firstId = await connected.NextAsync();

        await first.DisposeAsync();
        await ended.NextAsync();
        await using var second = await TestServer.StartAsync(port: port);
        var secondId = await connected.NextAsync(() => string.Join('\n', attempts));
        Assert.NotEqual(firstId, secondId);
        Assert.NotNull(second.Io.Find(secondId));
        await client.DisconnectAsync().Soon();
    }

    private static StockClient Create(
        int port, TransportProtocol transport, bool upgrades, string name = "", object? auth = null, bool reconnects = false) =>
        new($"http://127.0.0.1:{port}/{name}", new SocketIOOptions
        {
            Transport = transport,
            AutoUpgrade = upgrades,
            Auth = auth,
            Reconnection = reconnects,
            ConnectionTimeout = TimeSpan.FromSeconds(3),
            ReconnectionDelay = 100,
            ReconnectionDelayMax = 200,
        });

    private sealed record Credentials(string Token);

    private sealed class Envelope
    {
        public string Name { get; set; } = "";

        public byte[] Data { get; set; } = [];
    }
}
