using AkkaChat.Web.Tests.Support;
using SocketIOClient;
using SocketIOClient.Transport;
using StockClient = SocketIOClient.SocketIO;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>Unchanged clients behind a load balancer that sends each request to another of three nodes.</summary>
public sealed class RoundRobinTests
{
    private const int Many = 1000;

    [Fact]
    public async Task A_stock_client_loses_and_reorders_nothing()
    {
        var atServer = new Recorder<int>();
        var atClient = new Recorder<int>();
        await using var nodes = await Nodes.StartAsync(3, io => io
            .On("up", (int number) => atServer.Add(number))
            .On("start", async (Socket socket) =>
            {
                for (var number = 0; number < Many; number++)
                {
                    await socket.EmitAsync("down", number);
                }
            }));
        await using var proxy = new RoundRobin(nodes.All);
        using var client = Create(proxy.Port);
        client.On("down", response => atClient.Add(response.GetValue<int>()));

        await client.OpenAsync();
        await client.EmitAsync("start").Soon();
        for (var number = 0; number < Many; number++)
        {
            await client.EmitAsync("up", number).Soon();
        }

        for (var number = 0; number < Many; number++)
        {
            Assert.Equal(number, await atServer.NextAsync());
            Assert.Equal(number, await atClient.NextAsync());
        }

        await client.DisconnectAsync().Soon();
        Assert.Empty(atServer.TakeAll());
        Assert.Empty(atClient.TakeAll());
    }

    [Fact]
    public async Task A_stock_client_gets_binary_and_acks()
    {
        byte[] bytes = [0, 1, 254, 255];
        var echoes = new Recorder<byte[]>();
        await using var nodes = await Nodes.StartAsync(3);
        await using var proxy = new RoundRobin(nodes.All);
        using var client = Create(proxy.Port);
        client.On("echo", response => echoes.Add(response.GetValue<byte[]>()));

        await client.OpenAsync();
        for (var count = 0; count < 10; count++)
        {
            await client.EmitAsync("echo", bytes).Soon();
            Assert.Equal(bytes, await echoes.NextAsync());
        }

        await client.DisconnectAsync().Soon();
    }

    [Fact]
    public async Task Messages_each_way_at_once_are_neither_lost_nor_doubled_nor_swapped()
    {
        await using var nodes = await Nodes.StartAsync(3);
        await using var proxy = new RoundRobin(nodes.All);
        await using var client = await PollingClient.OpenAsync(proxy.Host, TestServer.Echo, "");
        var expected = Enumerable.Range(0, Many).Select(number => $"4{number}").ToArray();

        var receiving = client.ExpectAsync(expected);
        foreach (var packets in expected.Chunk(3))
        {
            await client.SendAsync(packets);
        }

        await receiving;
    }

    [Fact]
    public async Task An_upgrade_in_the_middle_loses_nothing_wherever_it_comes_in()
    {
        await using var nodes = await Nodes.StartAsync(3);
        await using var proxy = new RoundRobin(nodes.All);
        for (var round = 0; round < 3; round++)
        {
            await using var client = await PollingClient.OpenAsync(proxy.Host, TestServer.Echo, "");
            await client.SendAsync("4one", "bAQ==");
            await client.ExpectAsync("4one");
            await client.ExpectBinaryAsync([1]);
            await using var socket = await client.OfferWebSocketAsync();
            await socket.SendAsync("2probe");
            await socket.ExpectAsync("3probe");
            await client.SendAsync("4two");
            await socket.SendAsync("5", "4three");
            await socket.ExpectAsync("4two", "4three");
            await socket.CloseAsync();
        }
    }

    private static StockClient Create(int port) => new($"http://127.0.0.1:{port}/", new SocketIOOptions
    {
        Transport = TransportProtocol.Polling,
        AutoUpgrade = false,
        Reconnection = false,
        ConnectionTimeout = TimeSpan.FromSeconds(3),
    });
}
