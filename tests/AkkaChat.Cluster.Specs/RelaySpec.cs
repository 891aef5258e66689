using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Rooms;
using AkkaChat.Wire;

namespace AkkaChat.Cluster.Specs;

/// <summary>A node's part in rooms.</summary>
public sealed class RelaySpec : IAsyncLifetime
{
    private readonly ObservedHistory _history = new();
    private ClusterNode[] _nodes = [];

    public async Task InitializeAsync() => _nodes = await ClusterNode.StartAsync(2, _history);

    public Task DisposeAsync() => Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));

    [Fact]
    public async Task Who_is_in_several_rooms_of_one_emit_gets_one_copy_on_every_node()
    {
        var clients = await Task.WhenAll(_nodes.Select(node => node.JoinAsync($"{node.Name} a", "red")));
        await Task.WhenAll(_nodes.Zip(clients, (node, client) => node.JoinAsync(client, "blue")));

        await _nodes[0].Emit("both", "red", "blue");
        await _nodes[0].Emit("end", "red");
        await _nodes[0].Emit("end", "blue");
        await _nodes[1].Emit("end", "red");
        await _nodes[1].Emit("end", "blue");

        await _history.Until(_ => clients.All(client => client.Received.Count(content => content == "end") == 4), "all ends");
        Assert.All(clients, client => Assert.Single(client.Received, "both"));
    }

    [Fact]
    public async Task Who_has_left_gets_nothing_more()
    {
        var stays = await _nodes[0].JoinAsync("stays");
        var leaves = await _nodes[0].JoinAsync("leaves");
        await _nodes[0].LeaveAsync(leaves);

        await _nodes[1].Emit("hello", ClusterNode.Room);

        await _history.Until(_ => stays.Received.Length == 1, "the one that stays has it");
        Assert.Empty(leaves.Received);
    }

    [Fact]
    public async Task What_stays_on_its_node_comes_to_the_members_there_only()
    {
        var alice = await _nodes[0].JoinAsync("alice");
        var bob = await _nodes[1].JoinAsync("bob");

        await EmitHereAsync(_nodes[0], "here", ClusterNode.Room);
        await EmitHereAsync(_nodes[0], "nowhere", "a room without a relay");
        await _nodes[1].Emit("everywhere", ClusterNode.Room).WaitAsync(TimeSpan.FromSeconds(10));

        await _history.Until(_ => alice.Received.Length == 2 && bob.Received.Length == 1, "both have theirs");
        Assert.Equal(["here", "everywhere"], alice.Received);
        Assert.Equal(["everywhere"], bob.Received);
    }

    [Fact]
    public async Task A_wait_for_a_place_ends_when_the_members_here_have_it_or_nobody_is_here()
    {
        var alice = await _nodes[0].JoinAsync("alice");
        await _nodes[1].Emit("one", ClusterNode.Room).WaitAsync(TimeSpan.FromSeconds(10));
        var (second, third) = (_nodes[0].WhenDeliveredAsync(ClusterNode.Room, 2), _nodes[0].WhenDeliveredAsync(ClusterNode.Room, 3));
        await _nodes[0].WhenDeliveredAsync(ClusterNode.Room, 1).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(second.IsCompleted);

        await _nodes[1].Emit("two", ClusterNode.Room).WaitAsync(TimeSpan.FromSeconds(10));
        await second.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["one", "two"], alice.Received);
        Assert.False(third.IsCompleted);

        await _nodes[0].LeaveAsync(alice);
        await third.WaitAsync(TimeSpan.FromSeconds(10));
        await _nodes[0].WhenDeliveredAsync("a room without a relay", 1).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Members_of_a_relay_that_fails_are_disconnected_and_the_room_goes_on()
    {
        var alice = await _nodes[0].JoinAsync("alice");
        var bob = await _nodes[1].JoinAsync("bob");
        alice.Fails = true;

        await _nodes[1].Emit("first", ClusterNode.Room).WaitAsync(TimeSpan.FromSeconds(10));
        await _history.Until(_ => !_nodes[0].Evicted.IsEmpty, "alice is disconnected");
        await _nodes[0].JoinAsync("carol");
        await _nodes[0].Emit("second", ClusterNode.Room).WaitAsync(TimeSpan.FromSeconds(10));

        await _history.Until(_ => bob.Received.Length == 2, "bob has both");
        Assert.Equal(["alice"], _nodes[0].Evicted);
        Assert.Empty(_nodes[1].Evicted);
    }

    [Fact]
    public async Task A_failure_of_what_all_rooms_of_a_node_hang_on_ends_the_node()
    {
        await _nodes[0].JoinAsync("alice");

        _nodes[0].Tell(new Poison());

        await Eventually.Is(() => !_nodes[0].Broken.IsEmpty, "the node is ended");
    }

    [Theory]
    [InlineData("de")]
    [InlineData("pr")]
    [InlineData("System.Object, mscorlib")]
    [InlineData("")]
    public async Task Bytes_that_are_no_message_cost_themselves_only(string manifest)
    {
        await using var rogue = new RogueSystem();
        var alice = await _nodes[0].JoinAsync("alice");

        await rogue.SendAsync(_nodes[0], manifest, [1, 2, 3, 0xFF]);
        await rogue.SendAsync(_nodes[0], manifest, []);
        await _nodes[1].Emit("hello", ClusterNode.Room).WaitAsync(TimeSpan.FromSeconds(10));

        await _history.Until(_ => alice.Received.Length == 1, "alice has it");
    }

    private static Task EmitHereAsync(ClusterNode node, string content, string room) =>
        node.Emit(new ClusterNode.Emission(content, [room]) { IsLocal = true }, room).WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Fails whoever asks who it is from.</summary>
    private sealed record Poison() : RoomEnvelope(new RoomAddress("/", RoomName.Everyone), null)
    {
        public override string Sender => throw new InvalidOperationException("on purpose");
    }
}
