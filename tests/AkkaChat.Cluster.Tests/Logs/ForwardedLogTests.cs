using AkkaChat.Cluster.Tests.Nodes;
using AkkaChat.Nodes;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Tests.Logs;

/// <summary>Logs of nodes that ask each other without a network. Each has rooms of its own, so what is sent stays on the writer.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "DisposeAsync ends them.")]
public sealed class ForwardedLogTests : IAsyncLifetime
{
    private readonly SharedFile _file = new();
    private readonly List<SharedFile.Store> _stores = [];
    private readonly List<FakeElection> _elections = [];
    private readonly LinkedServers _servers;

    public ForwardedLogTests() => _servers = new LinkedServers(
        configure: options => options.EmitTimeout = TimeSpan.FromSeconds(5),
        services: _ =>
        {
            _stores.Add(_file.StoreOfNode());
            return _stores[^1];
        },
        beforeStart: server =>
        {
            _elections.Add(new FakeElection());
            server.Logs!.StartInCluster(_elections[^1], largest: 1 << 20);
        });

    public async Task InitializeAsync()
    {
        Elect(0);
        await Limit.WaitUntil(() => _stores[0].IsOpen);
        await Limit.WaitUntil(() => _servers[0].Server.Logs!.Cluster!.IsWriting);
    }

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task Any_node_publishes_and_reads_and_only_the_elected_one_opens_the_store()
    {
        var first = await Lobby(1).PublishAsync("chat", "a", new byte[] { 1, 2 }).EndInTime();
        var second = await Lobby(0).PublishAsync("chat", "b").EndInTime();

        var page = await Lobby(1).ReadAsync().EndInTime();

        Assert.Equal(first with { Offset = 2 }, second);
        Assert.Equal(second, page.Top);
        Assert.Equal(["a", "b"], page.Entries.Select(entry => entry.Arguments[0].As<string>()));
        Assert.Equal(new byte[] { 1, 2 }, page.Entries[0].Arguments[1].As<byte[]>());
        Assert.Equal([2, 1], (await Lobby(1).ReadAsync(reverse: true).EndInTime()).Entries.Select(entry => entry.Offset));
        Assert.False(_stores[1].IsOpen);
    }

    [Fact]
    public async Task An_id_is_one_message_whichever_nodes_it_is_published_on()
    {
        var positions = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Lobby(number % 2).Once("id").PublishAsync("chat", "a"))).EndInTime();

        Assert.Single(positions.Distinct());
        Assert.Single((await Lobby(0).ReadAsync().EndInTime()).Entries);
    }

    [Fact]
    public async Task What_one_thread_publishes_is_stored_in_its_order()
    {
        var all = Enumerable.Range(0, 100).Select(number => Lobby(1).PublishAsync("chat", number)).ToList();
        await Task.WhenAll(all).EndInTime();

        var page = await Lobby(1).ReadAsync(limit: 100).EndInTime();

        Assert.Equal(Enumerable.Range(0, 100), page.Entries.Select(entry => entry.Arguments[0].As<int>()));
    }

    [Fact]
    public async Task A_page_of_many_parts_comes_whole()
    {
        var text = new string('x', 30_000);
        for (var number = 0; number < 20; number++)
        {
            await Lobby(0).PublishAsync("chat", text).EndInTime();
        }

        var page = await Lobby(1).ReadAsync(limit: 15).EndInTime();

        Assert.Equal(Enumerable.Range(1, 15).Select(offset => (long)offset), page.Entries.Select(entry => entry.Offset));
        Assert.InRange(_servers.PeersOf(1).LargestPart, 100_000, 200_000);
    }

    [Fact]
    public async Task A_socket_of_another_node_gets_what_it_missed_and_is_in_the_room()
    {
        await Lobby(1).PublishAsync("chat", "a").EndInTime();
        await Lobby(1).PublishAsync("chat", "b").EndInTime();
        var client = await _servers.ConnectAsync(1);

        var socket = _servers[1].Io.Find(client.Id)!;
        var join = await Lobby(1).JoinAsync(socket, null, 1).EndInTime();

        Assert.Equal((2, 1, false), (join.Position.Offset, join.Replayed, join.IsContinuous));
        Assert.StartsWith("""42["chat","b",{"epoch":""", await client.ReadAsync());
        Assert.Equal(["lobby"], socket.Rooms);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Lobby(1).JoinAsync(socket).EndInTime());
        Assert.Equal(["lobby"], socket.Rooms);
    }

    [Fact]
    public async Task While_no_node_writes_all_fails_at_once_and_a_socket_is_not_left_in_the_room()
    {
        Elect(null);
        await Task.WhenAll(_stores.Select((_, number) => _servers[number].Server.Logs!.Cluster!.StopAsync())).EndInTime();
        var client = await _servers.ConnectAsync(1);
        var socket = _servers[1].Io.Find(client.Id)!;

        await AssertUnavailableAsync(() => Lobby(0).PublishAsync("chat", "a"));
        await AssertUnavailableAsync(() => Lobby(1).PublishAsync("chat", "a"));
        await AssertUnavailableAsync(() => Lobby(1).ReadAsync());
        await AssertUnavailableAsync(() => Lobby(1).ReplaceAsync(new LogPosition("e", 1), "chat", "b"));
        await AssertUnavailableAsync(() => Lobby(1).ClearAsync());
        await AssertUnavailableAsync(() => Lobby(1).JoinAsync(socket));
        Assert.Empty(socket.Rooms);
    }

    [Fact]
    public async Task A_join_that_the_store_fails_is_an_unavailable_log_on_the_node_that_writes_too()
    {
        var client = await _servers.ConnectAsync(0);
        var socket = _servers[0].Io.Find(client.Id)!;
        _stores[0].Die();

        await AssertUnavailableAsync(() => Lobby(0).JoinAsync(socket));

        Assert.Empty(socket.Rooms);
    }

    [Fact]
    public async Task A_node_that_does_not_write_yet_or_any_more_refuses_what_it_is_asked()
    {
        await _servers[0].Server.Logs!.Cluster!.StopAsync().EndInTime();

        await AssertUnavailableAsync(() => Lobby(1).PublishAsync("chat", "a"));
        await AssertUnavailableAsync(() => Lobby(0).PublishAsync("chat", "a"));
    }

    [Fact]
    public async Task The_next_one_opens_the_store_when_the_one_before_has_let_it_go()
    {
        await Lobby(1).PublishAsync("chat", "a").EndInTime();
        _elections[1].Elders = [_servers[0].Server.Incarnation];
        _elections[1].Elected = _servers[1].Server.Incarnation;
        await Limit.WaitUntil(() => _servers.PeersOf(0).Asked.Any(asked => asked is NodeRequest.Log { Request: LogRequest.Release }));
        Assert.True(_stores[0].IsOpen, "As the first node sees it, it is still elected.");

        Elect(1);
        await Limit.WaitUntil(() => _servers[1].Server.Logs!.Cluster!.IsWriting);
        var position = await Lobby(0).PublishAsync("chat", "b").EndInTime();

        Assert.Equal((2, 2), (position.Offset, _file.Opened));
        Assert.False(_stores[0].IsOpen);
    }

    [Fact]
    public async Task What_could_not_be_brought_to_other_nodes_is_refused_and_not_stored()
    {
        var tooLarge = new byte[1 << 20];
        await Assert.ThrowsAsync<InvalidOperationException>(() => Lobby(0).PublishAsync("chat", tooLarge).EndInTime());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Lobby(1).PublishAsync("chat", tooLarge).EndInTime());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Lobby(1).ReplaceAsync(new LogPosition("e", 1), "chat", tooLarge).EndInTime());

        Assert.Empty((await Lobby(1).ReadAsync().EndInTime()).Entries);
    }

    [Fact]
    public async Task Clearing_takes_its_turn_among_the_publishes()
    {
        _ = Lobby(1).PublishAsync("chat", "a");
        var cleared = Lobby(1).ClearAsync();
        var after = await Lobby(1).PublishAsync("chat", "b").EndInTime();
        await cleared.EndInTime();

        var page = await Lobby(0).ReadAsync().EndInTime();

        Assert.Equal(1, after.Offset);
        Assert.Equal(["b"], page.Entries.Select(entry => entry.Arguments[0].As<string>()));
    }

    [Fact]
    public async Task Any_node_replaces_a_message_in_its_turn_and_is_told_whether_it_was_there()
    {
        var first = await Lobby(1).PublishAsync("chat", "a").EndInTime();
        _ = Lobby(1).PublishAsync("chat", "b");
        var replaced = Lobby(1).ReplaceAsync(first with { Offset = 2 }, "gone", new byte[] { 1, 2 });
        Assert.True(await Lobby(0).ReplaceAsync(first, "gone", "x").EndInTime());
        Assert.True(await replaced.EndInTime());
        Assert.False(await Lobby(1).ReplaceAsync(first with { Offset = 3 }, "gone").EndInTime());
        Assert.False(await Lobby(0).ReplaceAsync(first with { Epoch = "another" }, "gone").EndInTime());

        var page = await Lobby(1).ReadAsync().EndInTime();

        Assert.Equal(["gone", "gone"], page.Entries.Select(entry => entry.EventName));
        Assert.Equal("x", page.Entries[0].Arguments[0].As<string>());
        Assert.Equal([1, 2], page.Entries[1].Arguments[0].As<byte[]>()!);
    }

    [Fact]
    public async Task A_writer_that_is_silent_costs_the_publisher_no_more_than_its_time()
    {
        _servers.PeersOf(0).IsSilent = true;

        await AssertUnavailableAsync(() => Lobby(1).PublishAsync("chat", "a"));
    }

    private static async Task AssertUnavailableAsync(Func<Task> call) =>
        Assert.Equal("log_unavailable", (await Assert.ThrowsAsync<EventException>(() => call().EndInTime())).Code);

    private IRoomLog Lobby(int number) => _servers[number].Io.LogOf("lobby");

    private void Elect(int? number) => _elections.ForEach(election => election.Elected = number is { } node ? _servers[node].Server.Incarnation : null);
}
