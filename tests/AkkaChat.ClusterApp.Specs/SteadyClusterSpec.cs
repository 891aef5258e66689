using System.Text.Json;
using AkkaChat.ClusterApp.Specs.Processes;

namespace AkkaChat.ClusterApp.Specs;

/// <summary>Three nodes that nothing happens to, behind a load balancer without stickiness.</summary>
public sealed class SteadyClusterSpec(SteadyClusterSpec.Fixture fixture) : IClassFixture<SteadyClusterSpec.Fixture>
{
    private readonly TestCluster _cluster = fixture.Cluster;

    [Fact]
    public Task Two_hundred_clients_see_each_room_as_one_list_and_every_publish_is_confirmed() => _cluster.PlayAsync(async () =>
    {
        await _cluster.ConnectAsync();
        await _cluster.Swarm.RunAsync("talk", TestCluster.Talk);
        await _cluster.Swarm.RunAsync("confirmed", new { more = 1_000 });
        await _cluster.Swarm.RunAsync("settle");

        var seen = await _cluster.Swarm.ReportAsync();
        Assert.Equal(200, seen.Views.Count);
        Assert.Equal(3, seen.Views.Select(view => view.Node).Distinct().Count());
        Assert.Equal(seen.Publishes.Count, seen.Count("Confirmed"));
        seen.AssertSound();
    });

    [Fact]
    public Task Polling_clients_lose_nothing_of_ten_thousand_messages_each_way() => _cluster.PlayAsync(async () =>
    {
        var talks = await _cluster.Swarm.RunAsync(
            "echo", new { url = _cluster.Url, clients = 2, messages = 10_000, window = 50, transports = new[] { "polling" } }, TimeSpan.FromSeconds(60));

        foreach (var talk in talks.EnumerateArray())
        {
            Assert.Empty(talk.GetProperty("losses").EnumerateArray());
            Assert.Equal(Enumerable.Range(0, 10_000), talk.GetProperty("received").Deserialize<int[]>()!);
        }
    });

    [Fact]
    public Task Clients_go_on_from_polling_to_WebSocket_on_whichever_node_their_upgrade_comes_to() => _cluster.PlayAsync(async () =>
    {
        var clients = await _cluster.Swarm.RunAsync("upgrade", new { url = _cluster.Url, clients = 30 });
        var upgrades = await Task.WhenAll(_cluster.Nodes.Select(async node => (node.Name, Sessions: JsonSerializer.Deserialize<string[]>(await node.UpgradesAsync())!)));

        var elsewhere = clients.EnumerateArray().Count(client =>
            upgrades.Single(node => node.Sessions.Contains(client.GetProperty("session").GetString())).Name != client.GetProperty("node").GetString());
        Assert.All(clients.EnumerateArray(), client => Assert.Equal("websocket", client.GetProperty("transport").GetString()));
        Assert.NotEqual(0, elsewhere);
    });

    [Fact]
    public Task A_program_asks_whichever_node_it_likes_and_reaches_the_clients_of_all() => _cluster.PlayAsync(async () =>
    {
        const string Room = "asked from outside";
        var clients = (await _cluster.Swarm.RunAsync("gather", new { url = _cluster.Url, clients = 12, room = Room })).EnumerateArray().ToList();
        string[] ids = [.. clients.Select(client => client.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
        Assert.Equal(3, clients.Select(client => client.GetProperty("node").GetString()).Distinct().Count());

        foreach (var node in _cluster.Nodes)
        {
            Assert.Equal(12, Complete(await node.AskAsync("sockets/count?room=" + Room)).GetProperty("count").GetInt32());
            Assert.Equal(12, Complete(await node.DoAsync("emit", new { rooms = new[] { Room }, @event = "said", args = new[] { node.Name } })).GetProperty("delivered").GetInt32());
            var outcomes = Complete(await node.DoAsync("call", new { socketIds = ids, @event = "confirm", args = new[] { "yes" } })).GetProperty("outcomes");
            Assert.Equal(ids.Select(id => $"{id} yes"), outcomes.EnumerateArray().Select(outcome => outcome.GetProperty("args")[0].GetString()).Order(StringComparer.Ordinal));
        }

        var told = await _cluster.Swarm.RunAsync("told", new { count = 3 });
        Assert.All(told.EnumerateArray(), client => Assert.Equal(_cluster.Nodes.Select(node => node.Name), client.GetProperty("told").Deserialize<string[]>()!));

        await _cluster.Nodes[0].DoAsync("join", new { socketIds = ids[..5], join = new[] { "chosen" } });
        var rooms = Complete(await _cluster.Nodes[1].AskAsync("rooms?prefix=chosen")).GetProperty("rooms");
        Assert.Equal("chosen 5", Assert.Single(rooms.EnumerateArray().Select(room => $"{room.GetProperty("name")} {room.GetProperty("members")}")));
        await _cluster.Nodes[2].DoAsync("disconnect", new { rooms = new[] { "chosen" } });
        Assert.Equal(7, Complete(await _cluster.Nodes[0].AskAsync("sockets/count?room=" + Room)).GetProperty("count").GetInt32());
        var left = await _cluster.Swarm.RunAsync("part", new { count = 5 });
        Assert.Equal(ids[..5], left.Deserialize<string[]>()!.Order(StringComparer.Ordinal));
    });

    /// <summary>An answer that all nodes have had their part in.</summary>
    private static JsonElement Complete(JsonElement answer)
    {
        Assert.Empty(answer.GetProperty("missingNodes").EnumerateArray());
        return answer;
    }

    /// <summary>One cluster for all of them.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal TestCluster Cluster { get; private set; } = null!;

        public async Task InitializeAsync() => Cluster = await TestCluster.StartAsync();

        public async Task DisposeAsync() => await Cluster.DisposeAsync();
    }
}
