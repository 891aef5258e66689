using AkkaChat.Ownership;
using Xunit.Abstractions;

namespace AkkaChat.Cluster.Tests.Simulation;

/// <summary>
/// How many messages cross the network for one broadcast, as docs/scaling.md says: counted in clusters of which some nodes have
/// members, with the settings of production and links that lose nothing. The publisher is on a node with members.
/// </summary>
public class MessageCostTests(ITestOutputHelper output)
{
    private const int Broadcasts = 640;

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(10, 3)]
    [InlineData(10, 10)]
    [InlineData(50, 10)]
    [InlineData(100, 3)]
    [InlineData(100, 100)]
    public void A_busy_room_costs_one_message_for_each_node_with_members_and_a_thirtysecond_to_acknowledge(int nodes, int withMembers)
    {
        var perBroadcast = Count(nodes, withMembers, everyMilliseconds: 1);

        // One publish and one delivery for each node with members; those on the owner's own node do not cross.
        var most = withMembers + 1 + (withMembers / 32.0);
        Assert.InRange(perBroadcast, withMembers - 1, most * 1.02);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(10, 10)]
    [InlineData(100, 10)]
    public void A_quiet_room_costs_at_most_three_messages_for_each_node_with_members(int nodes, int withMembers) =>
        Assert.InRange(Count(nodes, withMembers, everyMilliseconds: 1_000), withMembers - 1, (3 * withMembers) + 1);

    [Fact]
    public void What_a_broadcast_costs_does_not_depend_on_the_nodes_without_members() =>
        Assert.Equal(Count(5, 3, everyMilliseconds: 1), Count(100, 3, everyMilliseconds: 1), tolerance: 1.0);

    private double Count(int nodes, int withMembers, int everyMilliseconds)
    {
        var cluster = new SimulatedCluster(new Random(1), nodes, Sabotage.None, new OwnershipSettings());
        cluster.Network.KeepsOrder = true;
        for (var node = 0; node < withMembers; node++)
        {
            cluster.Nodes[node].Join($"client {node}");
        }

        cluster.Run(5_000);
        cluster.Crossed.Clear();
        for (var number = 0; number < Broadcasts; number++)
        {
            cluster.Nodes[0].Publish($"{number}");
            cluster.Run(everyMilliseconds);
        }

        cluster.Run(2_000);
        Assert.All(cluster.History.Publishes.Values, publish => Assert.Equal(Histories.RoomHistory.Outcome.Confirmed, publish.Outcome));
        var perBroadcast = (double)cluster.Crossed.Values.Sum() / Broadcasts;
        output.WriteLine($"{nodes} nodes, {withMembers} with members, one in {everyMilliseconds} ms: {perBroadcast:0.00} messages "
            + $"({string.Join(", ", cluster.Crossed.Select(entry => $"{entry.Key} {(double)entry.Value / Broadcasts:0.000}"))})");
        return perBroadcast;
    }
}
