using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Nodes;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Specs;

/// <summary>What names other sockets works over the nodes of a cluster.</summary>
public sealed class ClusterApiSpec : IAsyncLifetime
{
    private ClusterServers _servers = null!;

    private IAkkaChat Here => _servers[0].Io;

    public async Task InitializeAsync() => _servers = await ClusterServers.StartAsync(
        3,
        options =>
        {
            options.EmitTimeout = TimeSpan.FromSeconds(2);
            options.CallTimeout = TimeSpan.FromSeconds(2);
        });

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task An_emit_to_an_id_reaches_the_socket_on_its_node()
    {
        var client = await _servers.JoinAsync(1);

        await Here.To(client.Id).EmitAsync("e", new byte[] { 7 }).EndInTime();

        Assert.Equal("b:07", (await client.ReadAsync(2))[1]);
    }

    [Fact]
    public async Task Emits_to_an_id_that_nobody_awaits_keep_their_order()
    {
        var client = await _servers.JoinAsync(1);

        var emits = Enumerable.Range(0, 100).Select(number => Here.To(client.Id).EmitAsync("e", number)).ToList();
        await Task.WhenAll(emits).EndInTime();

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"42[\"e\",{number}]"), await client.ReadAsync(100));
    }

    [Fact]
    public async Task A_socket_that_is_named_by_its_id_and_by_its_room_gets_one_copy()
    {
        var (ann, bob) = (await _servers.JoinAsync(0, "a"), await _servers.JoinAsync(1, "a"));

        for (var number = 0; number < 10; number++)
        {
            await Here.To("a", ann.Id, bob.Id).EmitAsync("e", number).EndInTime();
        }

        await Here.To("a").EmitAsync("end").EndInTime();
        string[] expected = [.. Enumerable.Range(0, 10).Select(number => $"42[\"e\",{number}]"), "42[\"end\"]"];
        Assert.Equal(expected, (await ann.ReadUntilAsync("42[\"end\"]")).AsEnumerable());
        Assert.Equal(expected.Order(), (await bob.ReadAsync(11)).Order());
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_call_collects_the_acks_of_the_clients_of_all_nodes()
    {
        var clients = await EverywhereAsync("a");

        var call = Here.To("a").CallAsync<int>("ask");
        foreach (var (client, number) in clients.Select((client, number) => (client, number)))
        {
            await AnswerAsync(client, $"[{number}]");
        }

        var outcomes = await call.EndInTime();
        Assert.True(outcomes.IsComplete);
        Assert.Equal(
            clients.Select((client, number) => (client.Id, CallResult.Acknowledged, number)).Order(),
            outcomes.Select(outcome => (outcome.SocketId, outcome.Result, outcome.Value)).Order());
    }

    [Fact]
    public async Task A_client_that_stays_silent_or_goes_costs_its_own_outcome_only()
    {
        var clients = await EverywhereAsync("a");

        var call = Here.To("a").CallAsync<int>("ask");
        await AnswerAsync(clients[0], "[1]");
        await clients[1].ReadAsync();
        await clients[2].ReadAsync();
        clients[2].Session.Close(Sessions.CloseReason.TransportClose);

        var outcomes = (await call.EndInTime()).ToDictionary(outcome => outcome.SocketId, outcome => outcome.Result);
        Assert.Equal([CallResult.Acknowledged, CallResult.TimedOut, CallResult.Disconnected], clients.Select(client => outcomes[client.Id]));
    }

    [Fact]
    public async Task Calls_and_emits_in_one_room_have_one_order_on_all_nodes()
    {
        var clients = await EverywhereAsync("a");

        var work = Enumerable.Range(0, 60).Select(number => (number % 3, number)).Select(Task (turn) => turn.number % 4 == 0
            ? _servers[turn.Item1].Io.To("a").WithTimeout(TimeSpan.FromMilliseconds(200)).CallAsync<int>("e", turn.number)
            : _servers[turn.Item1].Io.To("a").EmitAsync("e", turn.number)).ToList();
        await Task.WhenAll(work).EndInTime();

        var seen = new List<string[]>();
        foreach (var client in clients)
        {
            seen.Add([.. (await client.ReadAsync(60)).Select(message => message[message.IndexOf('[', StringComparison.Ordinal)..])]);
        }

        Assert.Equal(60, seen[0].Distinct().Count());
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2]);
    }

    [Fact]
    public async Task An_emit_says_how_many_sockets_got_it_on_all_nodes()
    {
        await EverywhereAsync("a");
        await _servers.JoinAsync(1, "a", "muted");
        var other = await _servers.JoinAsync(2);

        for (var round = 0; round < 10; round++)
        {
            Assert.Equal(3, (await Here.To("a").Except("muted").EmitCountedAsync("e").EndInTime()).Sockets);
            Assert.Equal(4, (await _servers[2].Io.To("a", "muted", other.Id).Except(other.Id).EmitCountedAsync("e").EndInTime()).Sockets);
        }

        Assert.Equal(5, (await Here.EmitCountedAsync("e").EndInTime()).Sockets);
        Assert.Equal(1, (await Here.Local.EmitCountedAsync("e").EndInTime()).Sockets);
        Assert.Equal(1, (await Here.To(other.Id).EmitCountedAsync("e").EndInTime()).Sockets);
    }

    [Fact]
    public async Task The_other_nodes_are_asked_behind_the_places_that_an_emit_has_in_its_rooms()
    {
        await EverywhereAsync("a");
        var peers = new RecordingPeers(_servers[0].Server.Peers);
        _servers[0].Server.Peers = peers;
        await _servers[1].Io.To("a").EmitAsync("one").EndInTime();

        await Here.To("a", "nobody is here").EmitCountedAsync("two").EndInTime();

        var places = Assert.IsType<NodeRequest.CollectReceipt>(Assert.Single(peers.Asked)).Places;
        Assert.Equal([("a", 2L), ("nobody is here", 1L)], places.Select(place => (place.Room.Value!, place.Sequence)).Order());
    }

    [Fact]
    public async Task A_local_emit_stays_on_its_node()
    {
        var clients = await EverywhereAsync("a");

        await Here.To("a").Local.EmitAsync("here").EndInTime();
        await Here.To("nobody is here").Local.EmitAsync("here").EndInTime();
        await Here.To("a").EmitAsync("everywhere").EndInTime();

        Assert.Equal("42[\"here\"]", await clients[0].ReadAsync());
        Assert.All(await Task.WhenAll(clients.Select(client => client.ReadAsync())), message => Assert.Equal("42[\"everywhere\"]", message));
    }

    [Fact]
    public async Task Sockets_are_fetched_counted_moved_and_disconnected_over_all_nodes()
    {
        var clients = await EverywhereAsync("a");
        _servers[1].Io.Find(clients[1].Id)!.Items["name"] = "bob";

        var fetched = await Here.To("a").FetchSocketsAsync().EndInTime();
        Assert.Equal(Ids(clients), fetched.Select(socket => socket.Id).Order(StringComparer.Ordinal));
        Assert.Equal("bob", fetched.Single(socket => socket.Id == clients[1].Id).Items["name"]!.ToString());

        await Here.To("a").JoinAllAsync("b").EndInTime();
        Assert.Equal(3, (await _servers[2].Io.To("b").CountAsync().EndInTime()).Sockets);
        await _servers[1].Io.To("b").Except(clients[0].Id).LeaveAllAsync("b").EndInTime();
        Assert.Equal([clients[0].Id], await Here.To("b").SocketIdsAsync().EndInTime());
        await Here.CloseRoomAsync("a").EndInTime();
        Assert.Empty(await Here.To("a").SocketIdsAsync().EndInTime());

        await _servers[2].Io.DisconnectAllAsync(close: true).EndInTime();
        Assert.All(await Task.WhenAll(clients.Select(client => client.Transport.Ended.EndInTime())), reason => Assert.Contains("forced", reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_has_died_is_missed_until_it_is_removed_and_costs_no_more_than_the_time_limit()
    {
        var clients = await EverywhereAsync("a");
        await _servers.KillAsync(2);

        var ids = await Here.SocketIdsAsync().WaitAsync(TimeSpan.FromSeconds(4));
        Assert.Single(ids.MissingNodes);
        Assert.Equal(Ids(clients[..2]), ids.Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<TimeoutException>(() => Here.To(clients[2].Id).EmitAsync("e").WaitAsync(TimeSpan.FromSeconds(4)));

        while (!(await Here.SocketIdsAsync().EndInTime()).IsComplete)
        {
            await Task.Yield();
        }

        await Here.To(clients[2].Id).EmitAsync("e").EndInTime();
    }

    [Fact]
    public async Task Servers_send_events_to_each_other()
    {
        for (var number = 0; number < 3; number++)
        {
            var own = number;
            _servers[number].Io.OnServerEvent("who", arguments => Task.FromResult<object?>($"{arguments[0].As<string>()} {own}"));
        }

        var answers = await _servers[1].Io.EmitToServersAsync("who", "node").EndInTime();

        Assert.Equal(["node 0", "node 2"], answers.Select(answer => answer[0].As<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rooms_are_listed_over_all_nodes()
    {
        await EverywhereAsync("a");
        await _servers.JoinAsync(1, "b");
        await _servers.JoinAsync(2, "c");

        var first = await Here.RoomsAsync(limit: 2).EndInTime();
        Assert.Equal([new("a", 3), new RoomInfo("b", 1)], first);
        Assert.Equal([new RoomInfo("c", 1)], await Here.RoomsAsync(after: "b", limit: 2).EndInTime());
    }

    [Fact]
    public async Task Nodes_say_what_they_have_to_do()
    {
        await EverywhereAsync("a");

        var replies = await _servers[0].Server.Peers.AskAsync(new NodeRequest.Load(), null, Limit.Time, CancellationToken.None).EndInTime();

        var loads = replies.Replies.OfType<NodeReply.Load>().Select(load => load.Numbers).ToList();
        Assert.Equal(2, loads.Count);
        Assert.All(loads, load => Assert.Equal((1, 1, 1), (load.Sessions, load.Sockets, load.Rooms)));
        Assert.All(loads.SelectMany(load => load.Shards), shard => Assert.InRange(shard, 0, 19));
    }

    private static IEnumerable<string> Ids(IEnumerable<TestClient> clients) => clients.Select(client => client.Id).Order(StringComparer.Ordinal);

    private static async Task AnswerAsync(TestClient client, string answer)
    {
        var question = await client.ReadAsync();
        client.Send($"43{question[2..question.IndexOf('[', StringComparison.Ordinal)]}{answer}");
    }

    private async Task<TestClient[]> EverywhereAsync(string room) =>
        [await _servers.JoinAsync(0, room), await _servers.JoinAsync(1, room), await _servers.JoinAsync(2, room)];
}
