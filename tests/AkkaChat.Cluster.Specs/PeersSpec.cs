using Akka.Actor;
using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Membership;
using AkkaChat.Nodes;
using AkkaChat.Wire;

namespace AkkaChat.Cluster.Specs;

/// <summary>Nodes that know and ask each other.</summary>
public sealed class PeersSpec : IAsyncLifetime
{
    private readonly List<PeerNode> _nodes = [];

    public async Task InitializeAsync()
    {
        foreach (var name in (string[])["aaaaaaaa", "bbbbbbbb", "cccccccc"])
        {
            _nodes.Add(await PeerNode.StartAsync(name, _nodes.FirstOrDefault()));
        }

        await Eventually.Is(() => _nodes.All(node => node.Peers.Known.ByName.Count == 2), "all know all");
    }

    public Task DisposeAsync() => Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));

    [Fact]
    public async Task Every_node_finds_the_nodes_of_all_sessions()
    {
        Assert.Equal(NodePresence.Here, (await FindAsync("aaaaaaaa")).Presence);
        Assert.Equal(NodeLocation.At(new Uri("http://bbbbbbbb.example:5081")), await FindAsync("bbbbbbbb"));
        Assert.Equal(NodePresence.Unknown, (await FindAsync("dddddddd")).Presence);
        Assert.All(_nodes, node => Assert.True(node.Peers.KnowsAll));
    }

    [Fact]
    public async Task A_question_is_answered_by_all_others_in_as_many_parts_as_it_takes()
    {
        Assert.Equal("bbbbbbbb0 bbbbbbbb1 cccccccc0 cccccccc1, 0 missing", await _nodes[0].AskAsync("??"));
        Assert.Equal("cccccccc0, 0 missing", await _nodes[0].AskAsync("?", ["cccccccc", "aaaaaaaa", "dddddddd"]));
        Assert.Equal(", 0 missing", await _nodes[0].AskAsync("?", []));
        Assert.Equal(", 0 missing", await _nodes[0].AskAsync(""));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_in_time_is_missing_and_the_others_answers_are_there()
    {
        _nodes[2].Silence = new TaskCompletionSource();

        Assert.Equal("bbbbbbbb0, 1 missing", await _nodes[0].AskAsync("?", limit: TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task An_answer_to_whoever_had_the_address_before_is_none_to_a_question_of_its_successor()
    {
        _nodes[1].Silence = _nodes[2].Silence = new TaskCompletionSource();
        var asked = _nodes[0].AskAsync("?");
        for (var id = 0; id < 100; id++)
        {
            var stale = new PeerMessage.Reply(_nodes[1].Peers.Name, id, 0, IsLast: true, new byte[] { (byte)'x' });
            _nodes[0].Peers.Directory.Of(_nodes[0].Peers.Name).Tell(stale);
        }

        _nodes[1].Silence!.SetResult();

        Assert.Equal("bbbbbbbb0 cccccccc0, 0 missing", await asked);
    }

    [Fact]
    public async Task A_node_that_fails_in_the_middle_of_an_answer_is_missing_at_once() =>
        Assert.EndsWith("cccccccc3, 2 missing", await _nodes[0].AskAsync("fail"), StringComparison.Ordinal);

    [Fact]
    public async Task A_node_that_leaves_while_it_is_asked_is_not_waited_for_and_is_gone_then()
    {
        _nodes[2].Silence = new TaskCompletionSource();
        var asked = _nodes[0].AskAsync("?");

        await _nodes[2].Cluster.LeaveAsync();

        Assert.Equal("bbbbbbbb0, 0 missing", await asked);
        Assert.Equal(NodePresence.Gone, (await FindAsync("cccccccc")).Presence);
    }

    [Fact]
    public async Task A_node_that_cannot_be_heard_is_missing_at_once()
    {
        var lost = _nodes[2];
        _nodes.Remove(lost);
        lost.Silence = new TaskCompletionSource();
        await Akka.Cluster.Cluster.Get(lost.System).System.Terminate();

        await Eventually.Is(() => _nodes[0].Cluster.State.Unreachable.Count == 1 || !_nodes[0].Peers.Known.Gone.IsEmpty, "the loss is seen");

        var said = await _nodes[0].AskAsync("?").WaitAsync(TimeSpan.FromSeconds(5));
        Assert.StartsWith("bbbbbbbb0, ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_about_to_leave_says_so()
    {
        _nodes[1].Peers.Drain();

        await Eventually.Is(
            () => _nodes[0].Peers.Known.ByIncarnation["bbbbbbbb"].IsDraining && _nodes[2].Peers.Known.ByIncarnation["bbbbbbbb"].IsDraining,
            "the others know");
    }

    [Fact]
    public async Task Nodes_of_another_application_in_the_same_cluster_are_none_of_ours()
    {
        await using var stranger = await PeerNode.StartAsync("ssssssss", _nodes[0], application: "other");

        Assert.Equal(", 0 missing", await stranger.AskAsync("?"));
        Assert.Equal("bbbbbbbb0 cccccccc0, 0 missing", await _nodes[0].AskAsync("?"));
        Assert.Equal(NodePresence.Unknown, (await FindAsync("ssssssss")).Presence);
    }

    [Fact]
    public void Of_nodes_that_have_gone_a_bounded_number_is_remembered()
    {
        var known = KnownNodes.None;
        for (var number = 0; number < 1_100; number++)
        {
            known = known.With(new KnownNode($"n{number}", $"i{number}", null, false, LogWriting.NotYet)).Without($"n{number}");
        }

        Assert.Equal(1_000, known.Gone.Count());
        Assert.Contains("i1099", known.Gone);
    }

    private ValueTask<NodeLocation> FindAsync(string incarnation) => _nodes[0].Peers.FindAsync(incarnation, CancellationToken.None);
}
