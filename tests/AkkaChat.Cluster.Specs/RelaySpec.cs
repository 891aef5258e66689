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
    public async Task What_needs_an_answer_of_the_members_is_refused_and_says_why()
    {
        await _nodes[0].JoinAsync("alice");

        var refused = _nodes[0].Emit(new ClusterNode.Emission("who?", [ClusterNode.Room]) { IsLocal = true }, ClusterNode.Room);

        await Assert.ThrowsAsync<NotSupportedException>(() => refused.WaitAsync(TimeSpan.FromSeconds(10)));
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

    /// <summary>Fails whoever asks who it is from.</summary>
    private sealed record Poison() : RoomEnvelope(new RoomAddress("/", RoomName.Everyone), null)
    {
        public override string Sender => throw new InvalidOperationException("on purpose");
    }
}
