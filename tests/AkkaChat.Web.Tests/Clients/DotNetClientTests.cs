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

    /// <summary>
    /// Without this client's own upgrade, which is a second session, opened by WebSocket beside the first: when it is the
    /// first in the process, it hears nothing on it, gives up after its time limit and says nothing. Real upgrades are
    /// tested with the JavaScript and Python clients.
    /// </summary>
    public static TheoryData<TransportProtocol, bool> Ways => new()
    {
        { TransportProtocol.Polling, false },
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

        await client.OpenAsync();
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

        await client.OpenAsync();
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

        await client.OpenAsync();
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

        await client.OpenAsync();
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

        await client.OpenAsync();
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
        using var client = Create(server.Port, TransportProtocol.Polling, upgrades: false);
        var pings = new Recorder<string>();
        client.OnPing += (_, _) => pings.Add("ping");

        await client.OpenAsync();
        for (var beat = 0; beat < 5; beat++)
        {
            await pings.NextAsync();
        }

        await client.DisconnectAsync().Soon();
        Assert.NotEqual("ping timeout", await left.NextAsync());
    }

    /// <summary>
    /// It is told to, for this client's own reconnection sometimes makes no attempt at all after a disconnect; that of the
    /// JavaScript and Python clients is tested with these.
    /// </summary>
    [Fact]
    public async Task It_connects_again_when_the_server_was_started_again()
    {
        var first = await TestServer.StartAsync();
        var port = first.Port;
        using var client = Create(port, TransportProtocol.WebSocket, upgrades: false);
        var ended = new Recorder<string>();
        client.OnDisconnected += (_, reason) => ended.Add(reason);
        await client.OpenAsync();
        var firstId = client.Id;

        await first.DisposeAsync();
        Assert.Equal("transport close", await ended.NextAsync());
        await using var second = await TestServer.StartAsync(port: port);
        await client.OpenAsync();
        Assert.NotEqual(firstId, client.Id);
        Assert.NotNull(second.Io.Find(client.Id));
        await client.DisconnectAsync().Soon();
    }

    private static StockClient Create(
        int port, TransportProtocol transport, bool upgrades, string name = "", object? auth = null) =>
        new($"http://127.0.0.1:{port}/{name}", new SocketIOOptions
        {
            Transport = transport,
            AutoUpgrade = upgrades,
            Auth = auth,
            Reconnection = false,
            ConnectionTimeout = TimeSpan.FromSeconds(3),
        });

    private sealed record Credentials(string Token);

    private sealed class Envelope
    {
        public string Name { get; set; } = "";

        public byte[] Data { get; set; } = [];
    }
}
