using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Cluster.Tests.Histories;

namespace AkkaChat.Cluster.Specs;

/// <summary>The order of a room on real clusters. What the rules allow is tried in the simulator; this tries their hosts.</summary>
public sealed class ClusterOrderSpec : IAsyncLifetime
{
    private const int Publishes = 100;

    private readonly ObservedHistory _history = new();
    private ClusterNode[] _nodes = [];

    public async Task InitializeAsync() => _nodes = await ClusterNode.StartAsync(3, _history);

    public Task DisposeAsync() => Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));

    [Fact]
    public async Task What_all_nodes_publish_comes_to_all_members_once_and_in_one_order()
    {
        await Task.WhenAll(_nodes.SelectMany(node => new[] { node.JoinAsync($"{node.Name} a"), node.JoinAsync($"{node.Name} b") }));

        await Task.WhenAll(_nodes.SelectMany(PublishMany));

        Assert.All(_history.Read(history => history.Publishes.Values.ToList()), publish => Assert.Equal(RoomHistory.Outcome.Confirmed, publish.Outcome));
        await UntilAllHaveAsync(_nodes.Length * Publishes);
        _history.AssertSound();
    }

    [Fact]
    public async Task A_node_without_members_publishes_too()
    {
        await _nodes[0].JoinAsync("alice");
        await Task.WhenAll(PublishMany(_nodes[1]).Concat(PublishMany(_nodes[2])));

        await UntilAllHaveAsync(2 * Publishes);
        _history.AssertSound();
    }

    [Fact]
    public Task A_room_whose_owner_is_killed_goes_on_in_one_order() => LoseOwnerAsync(node => node.KillAsync());

    [Fact]
    public Task A_room_whose_owner_moves_goes_on_in_one_order() => LoseOwnerAsync(node => node.LeaveClusterAsync());

    private async Task LoseOwnerAsync(Func<ClusterNode, Task> lose)
    {
        await Task.WhenAll(_nodes.Select(node => node.JoinAsync($"{node.Name} a")));
        await Task.WhenAll(_nodes.SelectMany(PublishMany));
        var owners = await Task.WhenAll(_nodes.Select(node => node.OwnsAsync()));
        var owner = Assert.Single(_nodes.Zip(owners), pair => pair.Second).First;
        var others = _nodes.Where(node => node != owner).ToList();

        var during = others.SelectMany(PublishMany).ToList();
        await lose(owner);
        during.AddRange(others.SelectMany(PublishMany));

        await Task.WhenAll(during);
        await _nodes.First(node => node != owner).PublishAsync();
        await others[0].JoinAsync("late");
        await others[1].PublishAsync();
        await _history.Until(history => Settled(history, others), "the survivors have the same");
        _history.AssertSound();
        Assert.Equal(RoomHistory.Outcome.Confirmed, _history.Read(history => history.Publishes[$"{others[1].Name} {(2 * Publishes) + Publishes + 1}"].Outcome));
    }

    private static IEnumerable<Task> PublishMany(ClusterNode node) => Enumerable.Range(0, Publishes).Select(_ => node.PublishAsync()).ToList();

    private static bool Settled(RoomHistory history, List<ClusterNode> nodes)
    {
        var views = history.Views.Where(view => nodes.Any(node => node.Name == view.Node)).ToList();
        return views.All(view => view.Contents.Count > 0 && view.Contents[^1] == views[0].Contents[^1])
            && history.Publishes.Values.All(publish => publish.Outcome != RoomHistory.Outcome.Open || history.IsLost(publish.Node));
    }

    private Task UntilAllHaveAsync(int count) =>
        _history.Until(history => history.Views.All(view => view.Contents.Count == count), $"all clients have {count}");
}
