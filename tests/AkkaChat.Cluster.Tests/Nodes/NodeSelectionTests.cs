using AkkaChat.Nodes;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Tests.Nodes;

/// <summary>Questions and commands that concern the sockets of all nodes, and events between servers.</summary>
public sealed class NodeSelectionTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly LinkedServers _servers;

    public NodeSelectionTests() => _servers = new LinkedServers(3, _time);

    private IAkkaChat Here => _servers[0].Io;

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task Sockets_are_counted_and_listed_over_all_nodes()
    {
        var (ann, bob, cyd) = (await _servers.ConnectAsync(0, "a"), await _servers.ConnectAsync(1, "a"), await _servers.ConnectAsync(2, "a", "b"));

        Assert.Equal(3, (await Here.To("a").CountAsync().EndInTime()).Sockets);
        Assert.Equal(1, (await Here.Local.CountAsync().EndInTime()).Sockets);
        Assert.Equal(Sorted(ann, bob), (await Here.To("a").Except("b").SocketIdsAsync().EndInTime()).Order(StringComparer.Ordinal));
        Assert.Equal([cyd.Id], await Here.To("b").SocketIdsAsync().EndInTime());
        Assert.Equal(Sorted(bob, cyd), (await _servers[0].Io.Find(ann.Id)!.Broadcast.SocketIdsAsync().EndInTime()).Order(StringComparer.Ordinal));
        Assert.Equal([ann.Id], await Here.Local.SocketIdsAsync().EndInTime());
    }

    [Fact]
    public async Task A_node_that_does_not_answer_in_time_is_named_and_the_others_are_there()
    {
        var (ann, bob) = (await _servers.ConnectAsync(0), await _servers.ConnectAsync(1));
        await _servers.ConnectAsync(2);
        _servers.PeersOf(2).IsSilent = true;

        var fetching = Here.FetchSocketsAsync();
        var counting = Here.CountAsync();
        await AfterAsync(TimeSpan.FromSeconds(5), fetching, counting);

        var fetched = await fetching;
        Assert.Equal([_servers[2].Server.Incarnation], fetched.MissingNodes);
        Assert.False(fetched.IsComplete);
        Assert.Equal(Sorted(ann, bob), fetched.Select(socket => socket.Id).Order(StringComparer.Ordinal));
        Assert.Equal((2, false), ((await counting).Sockets, (await counting).IsComplete));
    }

    [Fact]
    public async Task A_question_about_ids_goes_to_their_nodes_only()
    {
        var bob = await _servers.ConnectAsync(1);
        _servers.PeersOf(2).IsSilent = true;

        Assert.Equal([bob.Id], await Here.To(bob.Id).SocketIdsAsync().EndInTime());
    }

    [Fact]
    public async Task All_sockets_join_leave_and_disconnect_wherever_they_are()
    {
        var clients = new[] { await _servers.ConnectAsync(0, "a"), await _servers.ConnectAsync(1, "a"), await _servers.ConnectAsync(2) };

        await Here.To("a").JoinAllAsync("b", "c").EndInTime();
        Assert.Equal(2, (await Here.To("b").CountAsync().EndInTime()).Sockets);
        await Here.To("b").LeaveAllAsync("c").EndInTime();
        Assert.Equal(0, (await Here.To("c").CountAsync().EndInTime()).Sockets);
        await Here.CloseRoomAsync("a").EndInTime();
        Assert.Equal(0, (await Here.To("a").CountAsync().EndInTime()).Sockets);

        await Here.To("b").DisconnectAllAsync().EndInTime();
        Assert.Equal("41", await clients[0].ReadAsync());
        Assert.Equal("41", await clients[1].ReadAsync());
        await clients[2].ExpectNothingAsync();
        await Here.DisconnectAllAsync(close: true).EndInTime();
        Assert.Equal("finish: forced server close", await clients[2].Transport.Ended.EndInTime());
    }

    [Fact]
    public async Task A_command_that_a_node_does_not_confirm_fails_after_all_others_have_done_it()
    {
        var (ann, bob) = (await _servers.ConnectAsync(0), await _servers.ConnectAsync(1));
        _servers.PeersOf(2).IsSilent = true;

        var joining = Here.JoinAllAsync("b");
        while ((await Here.To("b").Local.CountAsync().EndInTime()).Sockets == 0)
        {
            await Task.Yield();
        }

        await AfterAsync(TimeSpan.FromSeconds(5), joining);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => joining);
        Assert.Contains(_servers[2].Server.Incarnation, failure.Message, StringComparison.Ordinal);
        Assert.Equal(["b"], Here.Find(ann.Id)!.Rooms);
        Assert.Equal(["b"], _servers[1].Io.Find(bob.Id)!.Rooms);
    }

    [Fact]
    public async Task A_command_that_fails_on_another_node_says_why()
    {
        await using var servers = new LinkedServers(configure: options => options.ConfigurationFile = null);
        var bob = await servers.ConnectAsync(1);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => servers[0].Io.To(bob.Id).JoinAllAsync(new string('x', 600)).EndInTime());

        Assert.Contains("max-name-length", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_ask_each_other_and_each_handler_answers()
    {
        _servers[0].Io.OnServerEvent("sum", _ => throw new InvalidOperationException("Not the one who asks."));
        _servers[1].Io.OnServerEvent("sum", arguments => Task.FromResult<object?>(arguments[0].As<int>() + arguments[1].AsBytes().Length));
        _servers[2].Io.OnServerEvent("sum", _ => Task.FromResult<object?>((1, "two")));

        var answers = await Here.EmitToServersAsync("sum", 40, new byte[] { 1, 2 }).EndInTime();

        Assert.Equal(["1,\"two\"", "42"], answers.Select(answer => string.Join(',', answer)).Order(StringComparer.Ordinal));
        Assert.True(answers.IsComplete);
    }

    [Fact]
    public async Task A_server_without_handler_or_namespace_or_whose_handler_throws_does_not_answer_and_is_not_missed()
    {
        _servers[0].Io.Of("/x");
        _servers[1].Io.Of("/x").OnServerEvent("e", _ => throw new FormatException("This handler fails."));
        _servers[2].Io.Of("/x").OnServerEvent("other", _ => Task.FromResult<object?>(1));

        var answers = await Here.Of("/x").EmitToServersAsync("e").EndInTime();

        Assert.Empty(answers);
        Assert.True(answers.IsComplete);
        Assert.Contains(_servers[1].Log.Lines, line => line.Contains("server event 'e'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_whose_handler_does_not_end_is_missed_at_the_time_limit()
    {
        _servers.PeersOf(1).IsSilent = true;

        var asking = Here.EmitToServersAsync("e");
        await AfterAsync(TimeSpan.FromSeconds(60), asking);

        Assert.Equal([_servers[1].Server.Incarnation], (await asking).MissingNodes);
    }

    [Fact]
    public async Task Rooms_are_listed_page_by_page_with_their_members_over_all_nodes()
    {
        await _servers.ConnectAsync(0, "b", "d", "x1");
        await _servers.ConnectAsync(1, "a", "d", "x2");
        await _servers.ConnectAsync(2, "c", "d");

        var first = await Here.RoomsAsync(limit: 3).EndInTime();
        var second = await Here.RoomsAsync(after: first[^1].Name, limit: 3).EndInTime();

        Assert.Equal([new("a", 1), new("b", 1), new RoomInfo("c", 1)], first);
        Assert.Equal([new("d", 3), new("x1", 1), new RoomInfo("x2", 1)], second);
        Assert.Equal(["x1", "x2"], (await Here.RoomsAsync(prefix: "x").EndInTime()).Select(room => room.Name));
        Assert.Empty(await Here.RoomsAsync(after: "x2").EndInTime());
    }

    [Fact]
    public async Task Long_answers_come_in_parts()
    {
        var client = await _servers.ConnectAsync(1);
        var socket = _servers[1].Io.Find(client.Id)!;
        await Task.WhenAll(Enumerable.Range(0, 900).Select(number => socket.JoinAsync(new string('r', 490) + number))).EndInTime();

        Assert.Equal(900, (await Here.RoomsAsync(limit: 1_000).EndInTime()).Count);
        Assert.InRange(_servers.PeersOf(0).LargestPart, 100_000, Pages.Size * 2);
    }

    [Fact]
    public async Task A_node_says_what_it_has_to_do()
    {
        await _servers.ConnectAsync(1, "a", "b");
        await _servers.ConnectAsync(1, "a");
        _servers[1].Server.OwnedRooms = _ => new(new OwnedRooms([3, 7], 9));

        var replies = await _servers[0].Server.Peers.AskAsync(
            new NodeRequest.Load(), [_servers[1].Server.Incarnation], TimeSpan.FromSeconds(5), CancellationToken.None).EndInTime();

        var load = Assert.IsType<NodeReply.Load>(Assert.Single(replies.Replies)).Numbers;
        Assert.Equal((2, 2, 2, 9), (load.Sessions, load.Sockets, load.Rooms, load.OwnedRooms));
        Assert.Equal([3, 7], load.Shards);
    }

    [Fact]
    public async Task A_request_about_a_namespace_that_is_not_there_has_an_empty_answer()
    {
        NodeRequest[] requests =
        [
            new NodeRequest.Select("/x", null, [], SelectionPurpose.Ids, []),
            new NodeRequest.Select("/x", null, [], SelectionPurpose.Close, []),
            new NodeRequest.CollectReceipt("/x", Guid.NewGuid(), [], TimeSpan.Zero),
            new NodeRequest.ServerEvent("/x", "e", ArgumentData.None),
            new NodeRequest.ListRooms("/x", null, "", -1),
        ];

        foreach (var request in requests)
        {
            Assert.Empty(await new NodeRequestHandler(_servers[0].Server).HandleAsync(request, CancellationToken.None).ToListAsync());
        }
    }

    private static IEnumerable<string> Sorted(params TestClient[] clients) => clients.Select(client => client.Id).Order(StringComparer.Ordinal);

    /// <summary>Lets so much time go by when all servers but a silent one have answered these, and waits for their end.</summary>
    private async Task AfterAsync(TimeSpan limit, params Task[] waiting)
    {
        var all = Enumerable.Range(1, 2).Select(_servers.PeersOf);
        await Limit.WaitUntil(() => all.All(peers => (peers.IsSilent ? peers.Asked.Count : peers.Answered) == waiting.Length));
        _time.Advance(limit - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(waiting).EndInTime().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
