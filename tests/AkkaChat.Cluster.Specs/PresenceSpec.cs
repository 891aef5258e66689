using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Specs;

/// <summary>Who is in a room, over the nodes of a cluster with real remoting.</summary>
public sealed class PresenceSpec : IAsyncLifetime
{
    private ClusterServers _servers = null!;

    public async Task InitializeAsync() => _servers = await ClusterServers.StartAsync(3);

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task Nodes_see_each_others_people_come_change_and_go()
    {
        var (ann, annSees) = await TrackAsync(0, "ann");
        var (bob, bobSees) = await TrackAsync(1, "bob");
        await SeesAsync(ann, annSees, "ann 1", "bob 1");
        await SeesAsync(bob, bobSees, "ann 1", "bob 1");

        var (tablet, tabletSees) = await TrackAsync(2, "ann");
        await SeesAsync(bob, bobSees, "ann 2", "bob 1");
        await PresenceOf(2).UpdateAsync(SocketOf(2, tablet), new { status = "away" }).EndInTime();
        await ReadsAsync(0, metas => metas.Any(meta => meta.Contains("away", StringComparison.Ordinal)));

        ann.Send("41");
        await SeesAsync(bob, bobSees, "ann 1", "bob 1");
        await SocketOf(1, bob).LeaveAsync("team").EndInTime();
        await SeesAsync(tablet, tabletSees, "ann 1");
    }

    [Fact]
    public async Task The_state_has_the_people_of_other_nodes()
    {
        await TrackAsync(0, "ann");
        await ReadsAsync(1, metas => metas.Length == 1);

        var (bob, bobSees) = await TrackAsync(1, "bob");

        var state = await bob.ReadAsync();
        Assert.StartsWith("42[\"presence_state\"", state, StringComparison.Ordinal);
        bobSees.Take([state]);
        Assert.Equal(["ann 1", "bob 1"], bobSees.Show());
    }

    [Fact]
    public async Task The_people_of_a_node_that_dies_leave()
    {
        var (ann, annSees) = await TrackAsync(0, "ann");
        await TrackAsync(1, "bob");
        await TrackAsync(2, "ann");
        await SeesAsync(ann, annSees, "ann 2", "bob 1");

        await _servers.KillAsync(1);
        await SeesAsync(ann, annSees, "ann 2");

        var people = await PresenceOf(2).ReadAsync().WaitAsync(Eventually.Patience);
        Assert.True(people.IsComplete);
        Assert.Equal(["ann"], people.Select(person => person.Key));
    }

    private IRoomPresence PresenceOf(int node) => _servers[node].Io.PresenceOf("team");

    private Socket SocketOf(int node, TestClient client) => _servers[node].Io.Find(client.Id)!;

    private async Task<(TestClient Client, ClientPresence Sees)> TrackAsync(int node, string key)
    {
        var client = await _servers.JoinAsync(node);
        await PresenceOf(node).TrackAsync(SocketOf(node, client), null, key).WaitAsync(Eventually.Patience);
        return (client, new ClientPresence());
    }

    /// <summary>Reads on a node until what it says of all is so.</summary>
    private async Task ReadsAsync(int node, Func<string[], bool> isSo)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (!isSo([.. (await PresenceOf(node).ReadAsync()).SelectMany(person => person.Metas).Select(meta => meta.ToString())]))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Eventually.Patience);
        }
    }

    private static async Task SeesAsync(TestClient client, ClientPresence sees, params string[] expected)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (!sees.Show().SequenceEqual(expected))
        {
            sees.Take([await client.Transport.Written.ReadAsync(patience.Token)]);
        }
    }
}
