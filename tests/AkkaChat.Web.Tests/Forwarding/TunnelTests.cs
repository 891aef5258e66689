using System.Net.WebSockets;
using AkkaChat.Nodes;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>WebSockets that come to another node than the one their session lives on.</summary>
public sealed class TunnelTests
{
    private const int Normal = 1000;

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_session_goes_on_over_a_websocket_to_another_node(string bridge)
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => Bridges.Choose(options, bridge));
        var (_, socket) = await UpgradeAsync(nodes);

        await socket.SendAsync("4text €");
        await socket.SendBinaryAsync(null, [1, 2, 3]);
        await socket.ExpectAsync("4text €");
        await socket.ExpectBinaryAsync([1, 2, 3]);
        Assert.Equal((1, 0), (nodes[0].SessionCount, nodes[1].SessionCount));
    }

    [Fact]
    public async Task The_probe_releases_the_poll_that_waits_at_a_third_node()
    {
        await using var nodes = await Nodes.StartAsync(3);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        await using var third = opener.At(nodes[2].Host);

        var poll = third.PollAsync();
        await Nodes.HasPollAsync(nodes[0], opener.Sid);
        await using var socket = await client.OfferWebSocketAsync();
        await socket.SendAsync("2probe");
        await socket.ExpectAsync("3probe");
        await HttpAssert.IsPayloadAsync("6", await poll);
    }

    [Fact]
    public async Task Large_messages_pass_both_ways()
    {
        var large = "4" + new string('x', 999_000);
        await using var nodes = await Nodes.StartAsync(2);
        var (_, socket) = await UpgradeAsync(nodes);

        for (var count = 0; count < 5; count++)
        {
            await socket.SendAsync(large);
            await socket.ExpectAsync(large);
        }
    }

    [Fact]
    public async Task A_message_over_the_limit_is_closed_by_the_owner()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => options.MaxPayload = 2000);
        var (_, socket) = await UpgradeAsync(nodes);

        await socket.TrySendAsync("4" + new string('x', 2000));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, (WebSocketCloseStatus?)await socket.CloseCodeAsync());
        Assert.Equal("message too large", await nodes[0].EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task Compression_is_agreed_on_with_the_owner()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => options.WebSocketCompression = true);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var socket = await RawFrames.RequestAsync(nodes[1].Host, RawFrames.UpgradeRequest(
            "x", $"{TestServer.Echo}?EIO=4&transport=websocket&sid={opener.Sid}", "Sec-WebSocket-Extensions: permessage-deflate"));

        Assert.StartsWith("HTTP/1.1 101", socket.ResponseHead, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Extensions: permessage-deflate", socket.ResponseHead, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_to_an_upgrade_that_is_refused_is_that_of_the_owner()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => options.AllowUpgrades = false);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        var heads = new List<string>();
        foreach (var node in nodes.All)
        {
            await using var socket = await RawFrames.RequestAsync(node.Host, RawFrames.UpgradeRequest(
                "x", $"{TestServer.Echo}?EIO=4&transport=websocket&sid={opener.Sid}"));
            heads.Add(WithoutDate(socket.ResponseHead));
            Assert.Contains("Bad request", await socket.ReadBodyAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(heads[0], heads[1]);
    }

    [Fact]
    public async Task The_head_of_an_upgrade_is_the_same_as_from_the_owner()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var heads = new List<string>();
        foreach (var node in nodes.All)
        {
            var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
            await using var socket = await RawFrames.RequestAsync(node.Host, RawFrames.UpgradeRequest(
                "x", $"{TestServer.Echo}?EIO=4&transport=websocket&sid={opener.Sid}", "Origin: https://a.example"));
            heads.Add(WithoutDate(socket.ResponseHead));
        }

        Assert.Equal(heads[0], heads[1]);
    }

    [Fact]
    public async Task A_client_that_closes_in_good_order_is_answered_in_good_order()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var (_, socket) = await UpgradeAsync(nodes);

        await socket.CloseAsync();
        Assert.Equal(Normal, (int?)socket.CloseStatus);
        Assert.Equal("transport close", await nodes[0].EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task An_owner_that_closes_in_good_order_is_heard()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var (engine, socket) = await UpgradeAsync(nodes);

        engine.Close();
        Assert.Equal(Normal, await socket.CloseCodeAsync());
        await socket.CloseAsync();
    }

    [Fact]
    public async Task A_client_that_is_reset_has_gone_for_the_owner_at_once()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var (_, frames) = await UpgradeByHandAsync(nodes);

        frames.Reset();
        Assert.Equal("transport close", await nodes[0].EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task What_a_client_said_before_it_ended_its_half_still_arrives()
    {
        var seen = new Recorder<string>();
        await using var nodes = await Nodes.StartAsync(2);
        var (engine, frames) = await UpgradeByHandAsync(nodes);
        engine.OnMessage(message => seen.Add(message.Text));

        await frames.SendAsync(RawFrames.Final | RawFrames.Text, "4last words");
        frames.EndOutput();
        Assert.Equal("last words", await seen.NextAsync());
        Assert.Equal("transport close", await nodes[0].EngineCloseReasons.NextAsync());
        await frames.ReadToEndAsync();
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_closed_as_slow_by_the_owner()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => options.OutboxLimit = 100_000);
        var (engine, frames) = await UpgradeByHandAsync(nodes);
        var closed = nodes[0].EngineCloseReasons.NextAsync();

        using var limit = new CancellationTokenSource(Limit.Patience);
        while (!closed.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            engine.Send(new string('x', 50_000));
            await Task.Yield();
        }

        Assert.Equal("slow consumer", await closed);
    }

    [Fact]
    public async Task A_client_that_never_reads_is_let_go_when_the_owner_would_have_let_it_go()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options =>
        {
            // The first ping must not come into the upgrade.
            options.PingInterval = TimeSpan.FromSeconds(3);
            options.PingTimeout = TimeSpan.FromMilliseconds(500);
        });
        var (engine, frames) = await UpgradeByHandAsync(nodes);
        var closed = nodes[0].EngineCloseReasons.NextAsync();

        using var limit = new CancellationTokenSource(Limit.Patience);
        while (!closed.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            engine.Send(new string('x', 100_000));
            await Task.Yield();
        }

        await Nodes.HandsNothingOnAsync(nodes[1]);
    }

    [Fact]
    public async Task Clients_that_the_owner_does_not_read_hold_up_nobody_else()
    {
        var never = new TaskCompletionSource();
        await using var nodes = await Nodes.StartAsync(
            2, io => io.On("hang", () => never.Task), options => options.MaxPendingEvents = 1);
        for (var count = 0; count < 20; count++)
        {
            await StallAsync(nodes);
        }

        var (_, socket) = await UpgradeAsync(nodes);
        await socket.SendAsync("4well?");
        await socket.ExpectAsync("4well?");
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        await client.SendAsync("4" + new string('x', 500_000));
        await client.ExpectAsync("4" + new string('x', 500_000));
    }

    [Fact]
    public async Task A_websocket_that_opens_a_session_is_served_where_it_comes_in()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var socket = await nodes[1].OpenWebSocketAsync(TestServer.Echo);

        Assert.StartsWith(Nodes.IncarnationOf(nodes[1]), socket.Sid, StringComparison.Ordinal);
        Assert.Equal((0, 1), (nodes[0].SessionCount, nodes[1].SessionCount));
    }

    [Fact]
    public async Task An_upgrade_for_a_node_that_has_left_is_refused()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        nodes.Tell(nodes[0], new NodeLocation(NodePresence.Gone));

        await using var socket = await RawFrames.RequestAsync(nodes[1].Host, RawFrames.UpgradeRequest(
            "x", $"{TestServer.Echo}?EIO=4&transport=websocket&sid={opener.Sid}"));
        Assert.StartsWith("HTTP/1.1 400", socket.ResponseHead, StringComparison.Ordinal);
        Assert.Contains("Session ID unknown", await socket.ReadBodyAsync(), StringComparison.Ordinal);
    }

    /// <summary>A session whose handler never ends, and whose client goes on sending until nobody takes anything any more.</summary>
    private static async Task StallAsync(Nodes nodes)
    {
        var opener = await nodes[0].OpenPollingAsync();
        await using var client = opener.At(nodes[1].Host);
        await client.JoinAsync();
        var socket = nodes.Track(await client.UpgradeAsync());
        await socket.SendAsync("""42["hang"]""", """42["hang"]""");
        _ = Record.ExceptionAsync(() => socket.SendAsync($"""42["hang","{new string('x', 900_000)}"]"""));
    }

    /// <summary>A session of the first node that has gone on to a WebSocket at the second.</summary>
    private static async Task<(EngineSocket Engine, RawWebSocket Client)> UpgradeAsync(Nodes nodes)
    {
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        var engine = await nodes[0].EngineSockets.NextAsync();
        await using var client = opener.At(nodes[1].Host);
        return (engine, nodes.Track(await client.UpgradeAsync()));
    }

    private static async Task<(EngineSocket Engine, RawFrames Client)> UpgradeByHandAsync(Nodes nodes)
    {
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        var engine = await nodes[0].EngineSockets.NextAsync();
        var frames = nodes.Track(await RawFrames.RequestAsync(nodes[1].Host, RawFrames.UpgradeRequest(
            "x", $"{TestServer.Echo}?EIO=4&transport=websocket&sid={opener.Sid}")));
        Assert.StartsWith("HTTP/1.1 101", frames.ResponseHead, StringComparison.Ordinal);
        await frames.SendAsync(RawFrames.Final | RawFrames.Text, "2probe");
        Assert.Equal("3probe", await frames.ReadTextAsync());
        await frames.SendAsync(RawFrames.Final | RawFrames.Text, "5");
        await frames.SendAsync(RawFrames.Final | RawFrames.Text, "4upgraded");
        Assert.Equal("4upgraded", await frames.ReadTextAsync());
        return (engine, frames);
    }

    private static string WithoutDate(string head) => string.Join(
        "\r\n", head.Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}
