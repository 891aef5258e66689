using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AkkaChat.Nodes;
using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>Owners that are not what they were.</summary>
public sealed class OwnerLostTests
{
    /// <summary>How much longer than the limit it may take on a busy machine.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task A_session_of_a_node_that_takes_no_connections_is_unknown_at_once()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        var wire = Through(nodes, nodes[0]);
        wire.Cut();

        var clock = Stopwatch.StartNew();
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Nodes.AnswerTimeout);
    }

    [Fact]
    public async Task A_session_of_a_node_whose_connections_nobody_accepts_is_unknown_after_the_limit()
    {
        using var blackHole = new TcpListener(IPAddress.Loopback, 0);
        blackHole.Start();
        await using var nodes = await Nodes.StartAsync(2);
        nodes.Tell(nodes[0], NodeLocation.At(new Uri($"http://{blackHole.LocalEndpoint}")));

        await IsUnknownAfterTheLimitAsync(nodes);
    }

    [Fact]
    public async Task A_session_of_a_node_that_does_not_even_refuse_a_connection_is_unknown_after_the_limit()
    {
        await using var nodes = await Nodes.StartAsync(2);

        // An address for documentation (RFC 5737), at which nobody is.
        nodes.Tell(nodes[0], NodeLocation.At(new Uri("http://192.0.2.1:9")));

        await IsUnknownAfterTheLimitAsync(nodes, TimeSpan.Zero);
    }

    [Fact]
    public async Task A_session_of_a_node_that_has_frozen_is_unknown_after_the_limit_on_connections_that_were_good_too()
    {
        using var logs = new RecordingLogs();
        await using var nodes = await Nodes.StartAsync(2, build: builder => builder.Logging.AddProvider(logs));
        var wire = Through(nodes, nodes[0]);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        await client.SendAsync("4x");
        await client.ExpectAsync("4x");

        wire.Freeze();
        await IsUnknownAfterTheLimitAsync(nodes);
        Assert.Contains("no sign of life for 2 s", await logs.NextWithAsync("no sign of life"), StringComparison.Ordinal);
        wire.Thaw();
        await client.SendAsync("4again");
        await client.ExpectAsync("4again");
        await logs.NextWithAsync("answers again");
    }

    [Fact]
    public async Task An_upgrade_to_a_node_that_has_frozen_is_refused_after_the_limit()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var wire = Through(nodes, nodes[0]);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        wire.Freeze();

        await using var socket = await RawFrames.RequestAsync(nodes[1].Host, RawFrames.UpgradeRequest(
            "x", $"{TestServer.Echo}?EIO=4&transport=websocket&sid={opener.Sid}"));
        Assert.StartsWith("HTTP/1.1 400", socket.ResponseHead, StringComparison.Ordinal);
        Assert.Contains("Session ID unknown", await socket.ReadBodyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_that_waits_at_a_node_that_is_killed_ends_at_once()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var wire = Through(nodes, nodes[0]);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);

        var poll = client.PollAsync();
        await Nodes.HasPollAsync(nodes[0], opener.Sid);
        wire.Cut();
        await HttpAssert.IsUnknownSessionAsync(await poll);
    }

    [Fact]
    public async Task A_websocket_to_a_node_that_is_killed_ends_at_once()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var wire = Through(nodes, nodes[0]);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        await using var socket = await client.UpgradeAsync();
        await socket.SendAsync("4x");
        await socket.ExpectAsync("4x");

        wire.Cut();
        await socket.EndsSoonAsync();
        await Nodes.HandsNothingOnAsync(nodes[1]);
    }

    [Fact]
    public async Task A_session_of_a_node_that_was_started_again_at_the_same_address_is_unknown()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        var address = Nodes.InternalAddressOf(nodes[0]);
        await using var client = opener.At(nodes[1].Host);
        await client.SendAsync("4x");
        await nodes[0].StopAsync();

        await nodes.AddAsync(options: options => options.ClusterListen = address.Authority);
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
    }

    [Fact]
    public async Task A_node_that_stops_answers_the_polls_that_came_by_others_before()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);

        var poll = client.PollAsync();
        await Nodes.HasPollAsync(nodes[0], opener.Sid);
        await nodes[0].StopAsync();
        await HttpAssert.IsPayloadAsync("1", await poll);
    }

    [Fact]
    public async Task A_node_that_stops_does_not_wait_for_polls_and_websockets_that_are_with_others()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var polling = await nodes[0].OpenPollingAsync(TestServer.Echo);
        var upgrading = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var poller = polling.At(nodes[1].Host);
        await using var upgrader = upgrading.At(nodes[1].Host);
        await using var socket = await upgrader.UpgradeAsync();
        await socket.SendAsync("4x");
        await socket.ExpectAsync("4x");
        var poll = poller.PollAsync();
        await Nodes.HasPollAsync(nodes[0], polling.Sid);

        var clock = Stopwatch.StartNew();
        await nodes[1].StopAsync();
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await HttpAssert.IsPayloadAsync("6", await poll);
        await socket.EndsSoonAsync();
    }

    private static Wire Through(Nodes nodes, TestServer server)
    {
        var wire = nodes.Track(new Wire(Nodes.InternalAddressOf(server).Port));
        nodes.Tell(server, NodeLocation.At(wire.Address));
        return wire;
    }

    private static Task IsUnknownAfterTheLimitAsync(Nodes nodes) => IsUnknownAfterTheLimitAsync(nodes, Nodes.AnswerTimeout);

    /// <summary>A session of the first node, asked for at the second.</summary>
    private static async Task IsUnknownAfterTheLimitAsync(Nodes nodes, TimeSpan least)
    {
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        var clock = Stopwatch.StartNew();
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
        Assert.InRange(clock.Elapsed, least * 0.95, Nodes.AnswerTimeout + Slack);
    }
}
