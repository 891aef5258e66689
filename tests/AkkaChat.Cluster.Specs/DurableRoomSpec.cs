using System.Text.Json;
using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Cluster.Tests.Logs;
using AkkaChat.Stores;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Specs;

/// <summary>Durable rooms over three whole servers, which share one store; the first one begins as the writer.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "DisposeAsync disposes of it.")]
public sealed class DurableRoomSpec : IAsyncLifetime
{
    private readonly SharedFile _file = new();
    private readonly CancellationTokenSource _ending = new();
    private ClusterServers _servers = null!;

    public async Task InitializeAsync()
    {
        _servers = await ClusterServers.StartAsync(3, logs: _file);
        for (var number = 0; number < 3; number++)
        {
            Map(_servers[number].Io);
        }

        await PublishAsync(2, "first");
    }

    public async Task DisposeAsync()
    {
        await _ending.CancelAsync();
        _ending.Dispose();
        await _servers.DisposeAsync();
    }

    [Fact]
    public async Task What_all_nodes_publish_comes_to_all_members_in_the_order_of_the_log()
    {
        var members = await Task.WhenAll(Enumerable.Range(0, 3).Select(JoinAsync));

        await Task.WhenAll(Enumerable.Range(0, 150).Select(number => Lobby(number % 3).PublishAsync("chat", $"{number}"))).WaitAsync(Eventually.Patience);

        var log = await Lobby(1).ReadAsync(limit: 1000);
        string[] stored = [.. log.Entries.Select(entry => entry.Arguments[0].As<string>()!)];
        Assert.Equal(151, stored.Length);
        foreach (var member in members)
        {
            Assert.Equal(stored, await member.ReadTextsAsync(151));
        }
    }

    [Fact]
    public async Task At_the_seam_of_a_join_nothing_is_missed_and_nothing_doubled_on_any_node()
    {
        const int Messages = 300;
        var publishing = Task.WhenAll(Enumerable.Range(0, 3).Select(async node =>
        {
            for (var number = 0; number < Messages / 3; number++)
            {
                await Lobby(node).PublishAsync("chat", $"{node}-{number}");
            }
        }));
        List<Task<DurableMember>> joining = [];
        for (var number = 0; number < 30; number++)
        {
            joining.Add(JoinAsync(number % 3));
            await Task.Delay(5);
        }

        await publishing.WaitAsync(Eventually.Patience);
        foreach (var member in await Task.WhenAll(joining))
        {
            Assert.Equal(Enumerable.Range(1, Messages + 1), await member.ReadOffsetsAsync(Messages + 1));
            await member.ExpectNothingAsync();
        }
    }

    [Fact]
    public async Task A_client_sees_its_own_message_before_the_ack_though_another_node_stores_it()
    {
        var member = await JoinAsync(2);
        await member.ReadTextsAsync(1);

        for (var number = 0; number < 20; number++)
        {
            member.Client.Send($"""425["publish","{number}"]""");
            Assert.StartsWith($"42[\"chat\",\"{number}\"", await member.Client.ReadAsync());
            Assert.StartsWith("435[", await member.Client.ReadAsync());
        }
    }

    [Fact]
    public async Task A_namespace_that_the_writer_does_not_have_has_durable_rooms_too()
    {
        Map(_servers[1].Io.Of("/extra"));
        Map(_servers[2].Io.Of("/extra"));
        var client = await _servers[1].ConnectAsync("/extra");
        client.Send("""42/extra,7["enter",null]""");
        Assert.StartsWith("43/extra,7[{", await client.ReadAsync());

        var position = await _servers[2].Io.Of("/extra").LogOf("lobby").PublishAsync("chat", "a").WaitAsync(Eventually.Patience);

        Assert.Equal(1, position.Offset);
        Assert.StartsWith("""42/extra,["chat","a",{"epoch":""", await client.ReadAsync());
        Assert.Null(_servers[0].Server.FindNamespace("/extra"));
    }

    [Fact]
    public async Task When_the_writer_leaves_the_next_one_goes_on_where_it_was()
    {
        var members = await Task.WhenAll(JoinAsync(1), JoinAsync(2));
        var publishing = PublishUntilEndAsync();
        await PublishedAsync(20);

        await _servers.LeaveAsync(0);
        await PublishedAsync(20);
        await _ending.CancelAsync();
        var acknowledged = await publishing;

        Assert.Equal(2, _file.Opened);
        await AssertAllThereAsync(acknowledged, members);
    }

    [Fact]
    public async Task When_the_writer_is_lost_the_next_one_goes_on_and_members_miss_nothing_and_get_nothing_twice()
    {
        var members = await Task.WhenAll(JoinAsync(1), JoinAsync(2));
        var publishing = PublishUntilEndAsync();
        await PublishedAsync(20);

        await _servers.KillAsync(0);
        var failed = await Assert.ThrowsAsync<EventException>(() => Lobby(2).PublishAsync("chat", "too early"));
        await PublishedAsync(20);
        await _ending.CancelAsync();
        var acknowledged = await publishing;

        Assert.Equal("log_unavailable", failed.Code);
        Assert.Equal(2, _file.Opened);
        await AssertAllThereAsync(acknowledged, members);
    }

    [Fact]
    public async Task What_a_lost_writer_had_stored_and_not_sent_comes_to_members_though_nothing_follows()
    {
        var members = await Task.WhenAll(JoinAsync(1), JoinAsync(2));
        await _file.StoreUnsentAsync(new RoomLogKey("/", "lobby"), """{"event":"chat","args":["unsent"]}""");

        await _servers.KillAsync(0);

        foreach (var member in members)
        {
            Assert.Equal(["first", "unsent"], await member.ReadTextsAsync(2));
        }
    }

    private static void Map(INamespace io)
    {
        io.On("enter", (Socket socket, LogPosition? since) => io.LogOf("lobby").JoinAsync(socket, since, 1000));
        io.On("publish", (string text) => io.LogOf("lobby").PublishAsync("chat", text));
    }

    /// <summary>Two clients of two nodes publish until the test says so; each tries a message until it is acknowledged, under one id.</summary>
    /// <returns>What was acknowledged, with its position.</returns>
    private async Task<List<(string Text, LogPosition Position)>> PublishUntilEndAsync()
    {
        var all = await Task.WhenAll(Enumerable.Range(1, 2).Select(async node =>
        {
            List<(string Text, LogPosition Position)> acknowledged = [];
            for (var number = 0; !_ending.IsCancellationRequested; number++)
            {
                var text = $"{node}-{number}";
                acknowledged.Add((text, await PublishAsync(node, text)));
                Interlocked.Increment(ref _published);
            }

            return acknowledged;
        }));
        return [.. all.SelectMany(one => one)];
    }

    private int _published;

    private async Task PublishedAsync(int more)
    {
        var goal = Volatile.Read(ref _published) + more;
        await Eventually.Is(() => Volatile.Read(ref _published) >= goal, "messages are published");
    }

    private async Task<LogPosition> PublishAsync(int node, string text)
    {
        while (true)
        {
            try
            {
                return await Lobby(node).Once(text).PublishAsync("chat", text).WaitAsync(Eventually.Patience);
            }
            catch (EventException exception) when (exception.Code == "log_unavailable")
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task AssertAllThereAsync(List<(string Text, LogPosition Position)> acknowledged, DurableMember[] members)
    {
        var log = await ReadAllAsync();
        Assert.Equal(log.Count, log.Select(entry => entry.Text).Distinct().Count());
        foreach (var (text, position) in acknowledged)
        {
            Assert.Equal(text, log[(int)position.Offset - 1].Text);
        }

        foreach (var member in members)
        {
            Assert.Equal(log.Select(entry => entry.Text), await member.ReadTextsAsync(log.Count));
            await member.ExpectNothingAsync();
        }
    }

    private async Task<List<(long Offset, string Text)>> ReadAllAsync()
    {
        List<(long Offset, string Text)> all = [];
        LogPage page;
        LogPosition? since = null;
        do
        {
            page = await Lobby(1).ReadAsync(since, 1000);
            all.AddRange(page.Entries.Select(entry => (entry.Offset, entry.Arguments[0].As<string>()!)));
            since = page.Top with { Offset = all.Count };
        }
        while (page.Entries.Count > 0);

        Assert.Equal(Enumerable.Range(1, all.Count), all.Select(entry => (int)entry.Offset));
        return all;
    }

    private IRoomLog Lobby(int node) => _servers[node].Io.LogOf("lobby");

    private async Task<DurableMember> JoinAsync(int node)
    {
        var client = await _servers[node].ConnectAsync();
        client.Send("""427["enter",null]""");
        var member = new DurableMember(client);
        await member.EnteredAsync();
        return member;
    }

    /// <summary>A client in the room.</summary>
    private sealed class DurableMember(TestClient client)
    {
        private readonly Queue<string> _early = new();

        public TestClient Client => client;

        /// <summary>Completes with the ack, which messages may come before.</summary>
        public async Task EnteredAsync()
        {
            for (var message = await client.ReadAsync(); !message.StartsWith("437[", StringComparison.Ordinal); message = await client.ReadAsync())
            {
                _early.Enqueue(message);
            }
        }

        public async Task<string[]> ReadTextsAsync(int count) => [.. (await ReadAsync(count)).Select(message => message.Text)];

        public async Task<int[]> ReadOffsetsAsync(int count) => [.. (await ReadAsync(count)).Select(message => message.Offset)];

        public Task ExpectNothingAsync() => client.ExpectNothingAsync();

        private async Task<List<(string Text, int Offset)>> ReadAsync(int count)
        {
            List<(string, int)> messages = [];
            while (messages.Count < count)
            {
                var message = _early.TryDequeue(out var early)
                    ? early
                    : await client.Transport.Written.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
                using var json = JsonDocument.Parse(message[2..]);
                messages.Add((json.RootElement[1].GetString()!, json.RootElement[2].GetProperty("offset").GetInt32()));
            }

            return messages;
        }
    }
}
