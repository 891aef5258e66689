using AkkaChat.Web.Forwarding;
using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>A node that is about to end, while requests of other nodes' sessions go through it.</summary>
public sealed class ForwarderDrainTests
{
    [Fact]
    public async Task A_poll_that_waits_at_another_node_is_answered_when_the_node_in_between_ends_and_goes_on_elsewhere()
    {
        await using var nodes = await Nodes.StartAsync(3);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var through = opener.At(nodes[1].Host);
        var poll = through.PollAsync();
        await Nodes.HasPollAsync(nodes[0], opener.Sid);

        await nodes[1].Services.GetRequiredService<SessionForwarder>().DrainAsync(TimeSpan.Zero);

        using var answer = await poll.Soon();
        Assert.Equal("6", await answer.Content.ReadAsStringAsync());
        Assert.True(answer.Headers.ConnectionClose);
        await using var elsewhere = opener.At(nodes[2].Host);
        await elsewhere.SendAsync("4still here");
        await elsewhere.ExpectAsync("4still here");
    }

    [Fact]
    public async Task A_WebSocket_through_a_node_that_ends_is_broken_off_and_its_owner_knows()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var through = opener.At(nodes[1].Host);
        await using var socket = await through.UpgradeAsync();
        await socket.SendAsync("4the owner has the upgrade");
        await socket.ExpectAsync("4the owner has the upgrade");

        await nodes[1].Services.GetRequiredService<SessionForwarder>().DrainAsync(TimeSpan.Zero);

        Assert.Null(await socket.CloseCodeAsync());
        Assert.Equal("transport close", await nodes[0].EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task WebSockets_that_have_ended_before_their_turn_do_not_end_the_drain()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var through = opener.At(nodes[1].Host);
        var socket = await through.UpgradeAsync();

        // One of one has its turn at the end of the time.
        var drained = nodes[1].Services.GetRequiredService<SessionForwarder>().DrainAsync(TimeSpan.FromSeconds(2));
        await socket.CloseAsync();
        await Nodes.HandsNothingOnAsync(nodes[1]);

        Assert.False(drained.IsCompleted);
        await drained.Soon();
    }

    [Fact]
    public async Task A_poll_that_came_while_the_node_drained_is_answered_at_its_end()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var through = opener.At(nodes[1].Host);

        var drained = nodes[1].Services.GetRequiredService<SessionForwarder>().DrainAsync(TimeSpan.FromSeconds(2));
        var poll = through.PollAsync();
        await Nodes.HasPollAsync(nodes[0], opener.Sid);
        Assert.False(drained.IsCompleted);

        using var answer = await poll.Soon();
        Assert.Equal("6", await answer.Content.ReadAsStringAsync());
    }
}
