using Akka.Configuration;
using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Cluster.Tests.Histories;
using AkkaChat.Rooms;
using AkkaChat.Wire;

namespace AkkaChat.Cluster.Specs;

/// <summary>Owners that move because a node has come, with nobody leaving.</summary>
public sealed class RebalanceSpec : IAsyncLifetime
{
    /// <summary>In production a node that comes gets its share within some minutes, one move after the other.</summary>
    private static readonly Config Eager = ConfigurationFactory.ParseString(
        """
        akka.cluster.sharding {
          rebalance-interval = 200ms
          least-shard-allocation-strategy { rebalance-threshold = 1, max-simultaneous-rebalance = 20 }
        }
        """);

    private readonly ObservedHistory _history = new();
    private readonly List<ClusterNode> _nodes = [];

    public async Task InitializeAsync() => _nodes.AddRange(await ClusterNode.StartAsync(1, _history, Eager));

    public Task DisposeAsync() => Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));

    [Fact]
    public async Task A_room_whose_owner_moves_to_a_node_that_has_come_goes_on_without_a_failure_or_a_gap()
    {
        await _nodes[0].JoinAsync("first");
        await _nodes[0].PublishAsync();
        await Task.WhenAll(RoomsThatMoveLater().Select(room => _nodes[0].Emit("hello", room)));
        Assert.True(await _nodes[0].OwnsAsync());

        foreach (var name in (string[])["node2", "node3"])
        {
            var node = await ClusterNode.AddAsync(name, _nodes[0], _history, Eager);
            _nodes.Add(node);
            await node.JoinAsync($"{name} a");
        }

        var from = TimeProvider.System.GetTimestamp();
        while (await _nodes[0].OwnsAsync())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Eventually.Patience, "The owner moves in time.");
            await Task.WhenAll(_nodes.Select(node => node.PublishAsync()));
        }

        await Task.WhenAll(_nodes.SelectMany(node => Enumerable.Range(0, 50).Select(_ => node.PublishAsync())));
        await _history.Until(HaveTheSame, "all clients have the same end");
        Assert.All(_history.Read(history => history.Publishes.Values.ToList()), publish => Assert.Equal(RoomHistory.Outcome.Confirmed, publish.Outcome));
        _history.AssertSound();
    }

    /// <summary>Sharding moves shards in the order of their names, one at a time, as long as a node has more than others.</summary>
    private static IEnumerable<string> RoomsThatMoveLater() => Enumerable.Range(0, 100)
        .Select(number => $"room {number}")
        .Where(room => string.CompareOrdinal(ShardOf(room), ShardOf(ClusterNode.Room)) > 0);

    private static string ShardOf(string room) => RoomAddress.ShardOf(new RoomAddress("/", new RoomName(room)).EntityId, ClusterNode.Shards);

    private static bool HaveTheSame(RoomHistory history) =>
        history.Publishes.Values.All(publish => publish.Outcome != RoomHistory.Outcome.Open)
        && history.Views.Select(view => view.Contents.LastOrDefault()).Distinct().Count() == 1
        && history.Views.Max(view => view.Contents.Count) == history.Publishes.Count;
}
