using System.Diagnostics.Metrics;
using AkkaChat.Nodes;
using AkkaChat.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Web.Tests.Forwarding;

public sealed class ForwardingMetricsTests
{
    [Fact]
    public async Task Requests_that_are_handed_on_are_counted_by_how_they_ended()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var outcomes = new Recorder<string?>();
        using var listener = Listen(nodes[1], outcomes);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);

        await client.SendAsync("4x");
        Assert.Equal("answered", await outcomes.NextAsync());
        using var giveUp = new CancellationTokenSource();
        await client.ExpectAsync("4x");
        Assert.Equal("answered", await outcomes.NextAsync());
        var poll = client.PollAsync(giveUp.Token);
        await Nodes.HasPollAsync(nodes[0], opener.Sid);
        await giveUp.CancelAsync();
        Assert.Equal("aborted", await outcomes.NextAsync());
        await Record.ExceptionAsync(() => poll);
        nodes.Tell(nodes[0], NodeLocation.At(new Uri("http://127.0.0.1:9")));
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
        Assert.Equal("broken", await outcomes.NextAsync());
        nodes.Tell(nodes[0], new NodeLocation(NodePresence.Gone));
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
        Assert.Equal("gone", await outcomes.NextAsync());
    }

    /// <summary>What one server counts, not the other servers in this process.</summary>
    private static MeterListener Listen(TestServer server, Recorder<string?> outcomes)
    {
        var scope = server.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "akkachat.forwarding.requests" && ReferenceEquals(instrument.Meter.Scope, scope))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Add((string?)tags[0].Value));
        listener.Start();
        return listener;
    }
}
