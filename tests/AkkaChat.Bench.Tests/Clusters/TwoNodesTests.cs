using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Scenarios;
using AkkaChat.Bench.Servers;

namespace AkkaChat.Bench.Tests.Clusters;

/// <summary>Small scenarios against two processes that are one server.</summary>
public sealed class TwoNodesTests
{
    private static readonly RunLength Short = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5));

    [Fact]
    public async Task Members_on_two_nodes_get_everything_once_and_in_order_from_publishers_on_both()
    {
        await using var running = await RunningServer.StartAsync(Pair(), core: null, CancellationToken.None);
        var shape = new RoomShape(3, 10) { Publishers = 2, Placement = Placement.Spread };

        var result = new RoomScenario("rooms", "", shape) { Outstanding = 4 }.Run(running.Target, Short);

        Assert.Equal(2, running.Target.Ports.Distinct().Count());
        Assert.Equal(2, running.Target.ProcessIds.Distinct().Count());
        Assert.True(result.IsFlawless, result.ToString());
        Assert.True(result.DeliveriesPerSecond > 0);
    }

    [Fact]
    public void A_cluster_without_its_broker_is_not_there()
    {
        var pair = Pair();
        var broker = pair with { Cluster = null, Needs = "/nowhere" };

        Assert.True(pair.IsAvailable);
        Assert.False((pair with { Cluster = pair.Cluster! with { Broker = broker } }).IsAvailable);
    }

    private static ServerDefinition Pair() =>
        new ServerCatalog("/", "/").All.Single(server => server.Name == "akkachat-cluster-2") with { Program = Built.Application, Needs = Built.Application };
}
