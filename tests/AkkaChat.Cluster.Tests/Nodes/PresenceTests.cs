using AkkaChat.Nodes;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Tests.Nodes;

/// <summary>Presence over nodes that know each other, whatever is lost between them.</summary>
public sealed class PresenceTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ManualTime _time = new();
    private readonly LinkedServers _servers;

    public PresenceTests()
    {
        _servers = new LinkedServers(3, _time, options => options.PingInterval = TimeSpan.FromDays(1));
        for (var from = 0; from < 3; from++)
        {
            for (var to = 0; to < 3; to++)
            {
                if (from != to)
                {
                    _servers[to].Server.Presence.Peers.Came(IncarnationOf(from));
                }
            }
        }
    }

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task People_of_all_nodes_are_in_the_state_and_in_the_changes()
    {
        var ann = await TrackAsync(0, "ann");
        Pass(1);
        var bob = await TrackAsync(1, "bob");
        Assert.Equal(["ann 1"], (await SeenByAsync(bob)).Except(["bob 1"]));
        Pass(2);

        Assert.Equal(["ann 1", "bob 1"], await SeenByAsync(ann));
        Assert.Equal(["ann 1", "bob 1"], await SeenByAsync(bob));
        Assert.Equal(["ann 1", "bob 1"], await ReadAsync(0));
        Assert.Equal(["ann 1", "bob 1"], await ReadAsync(2));
    }

    [Fact]
    public async Task One_person_on_two_nodes_is_one_key_with_two_entries()
    {
        var phone = await TrackAsync(0, "ann");
        var desktop = await TrackAsync(1, "ann");
        Pass(2);

        Assert.Equal(["ann 2"], await SeenByAsync(phone));
        Assert.Equal(["ann 2"], await SeenByAsync(desktop));
        desktop.Client.Send("41");
        await desktop.Client.SettleAsync();
        Pass(2);
        Assert.Equal(["ann 1"], await SeenByAsync(phone));
    }

    [Fact]
    public async Task A_node_that_has_gone_takes_its_people_with_it()
    {
        var ann = await TrackAsync(0, "ann");
        await TrackAsync(1, "bob");
        Pass(2);
        Assert.Equal(["ann 1", "bob 1"], await SeenByAsync(ann));

        _servers[0].Server.Presence.Peers.Gone(IncarnationOf(1));
        Pass(1);
        Assert.Equal(["ann 1"], await SeenByAsync(ann));

        await TrackAsync(1, "carl");
        Pass(2);
        Assert.Equal(["ann 1"], await SeenByAsync(ann));
    }

    [Fact]
    public async Task A_node_that_comes_later_is_asked_for_what_it_has()
    {
        _servers[0].Server.Presence.Peers.Gone(IncarnationOf(1));
        var ann = await TrackAsync(0, "ann");
        await TrackAsync(1, "bob");
        Pass(2);
        Assert.Equal(["ann 1"], await SeenByAsync(ann));

        _servers[0].Server.Presence.Peers.Came(IncarnationOf(1));
        Pass(1);

        Assert.Equal(["ann 1", "bob 1"], await SeenByAsync(ann));
    }

    [Fact]
    public async Task A_change_that_is_lost_is_made_good_when_the_node_hears_again()
    {
        var (ann, bob) = (await TrackAsync(0, "ann"), await TrackAsync(1, "bob"));
        Pass(2);
        _servers.PeersOf(0).IsSilent = true;

        await bob.Presence.UntrackAsync(bob.Socket).EndInTime();
        Pass(1);
        Assert.Equal(["ann 1", "bob 1"], await SeenByAsync(ann));
        _servers.PeersOf(0).IsSilent = false;

        await SeesInTheEndAsync(ann, "ann 1");
    }

    [Fact]
    public async Task The_first_one_waits_a_second_for_a_node_that_does_not_answer_and_what_it_says_later_is_a_change()
    {
        await TrackAsync(1, "bob");
        Pass(1);
        _servers.PeersOf(1).IsSilent = true;
        var client = await _servers[0].ConnectAsync();
        var ann = new Tracked(client, _servers[0].Io);

        var track = ann.Presence.TrackAsync(ann.Socket, null, "ann");
        await Limit.WaitUntil(() => _servers.PeersOf(1).Asked.OfType<NodeRequest.PresencePull>().Any());
        Assert.False(track.IsCompleted);
        await PassUntilAsync(() => track.IsCompleted);
        await track;
        Assert.Equal(["ann 1"], await SeenByAsync(ann));

        _servers.PeersOf(1).IsSilent = false;
        await SeesInTheEndAsync(ann, "ann 1", "bob 1");
    }

    [Fact]
    public async Task Reading_names_the_nodes_that_do_not_answer()
    {
        await TrackAsync(0, "ann");
        _servers.PeersOf(1).IsSilent = true;

        var reading = _servers[0].Io.PresenceOf("team").ReadAsync();
        await Limit.WaitUntil(() => _servers.PeersOf(1).Asked.OfType<NodeRequest.PresencePull>().Any(pull => pull.Rooms.Count == 1));
        _time.Advance(TimeSpan.FromSeconds(5));

        var people = await reading.EndInTime();
        Assert.Equal(["ann"], people.Select(person => person.Key));
        Assert.Equal([IncarnationOf(1)], people.MissingNodes);
    }

    [Fact]
    public async Task A_room_with_hundreds_of_people_goes_over_in_parts()
    {
        var fields = new { text = new string('x', 1000) };
        for (var number = 0; number < 600; number++)
        {
            var client = await _servers[0].ConnectAsync();
            var socket = _servers[0].Io.Find(client.Id)!;
            await _servers[0].Io.PresenceOf($"r{number % 2}").TrackAsync(socket, fields, $"p{number}").EndInTime();
        }

        Pass(1);

        Assert.Equal(300, (await _servers[1].Io.PresenceOf("r1").ReadAsync().EndInTime()).Count);
        Assert.InRange(_servers.PeersOf(1).LargestPart, 100_000, 400_000);
        Assert.All(_servers.PeersOf(1).Asked.OfType<NodeRequest.PresencePush>(), push => Assert.InRange(push.Changes.Sum(change => change.Size), 0, 400_000));
    }

    /// <summary>
    /// Sockets come, change and go on three nodes that hear each other or do not, or count each other as gone. When all hear each
    /// other again, each client has seen what everybody is, by changes of which none was doubled and none missed.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task In_the_end_everybody_sees_everybody_whatever_was_lost(int seed)
    {
        var random = new Random(seed);
        List<Tracked> all = [.. await Task.WhenAll(Enumerable.Range(0, 9).Select(ConnectAsync))];
        var present = new HashSet<string>();
        for (var step = 0; step < 200; step++)
        {
            await StepAsync(random, all[random.Next(all.Count)], present);
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(200)));
        }

        for (var node = 0; node < 3; node++)
        {
            _servers.PeersOf(node).IsSilent = false;
        }

        var expected = present.Order(StringComparer.Ordinal).Select(key => $"{key} 1").ToArray();
        foreach (var one in all.Where(one => present.Contains(one.Key)))
        {
            await SeesInTheEndAsync(one, expected);
        }

        Assert.Equal(expected, await ReadAsync(0));
    }

    private async Task StepAsync(Random random, Tracked one, HashSet<string> present)
    {
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                present.Add(one.Key);
                await one.Socket.JoinAsync("team").EndInTime();
                one.Tracking = Task.WhenAll(one.Tracking, one.Presence.TrackAsync(one.Socket, null, one.Key));
                break;
            case 3 when one.Tracking.IsCompleted && present.Contains(one.Key):
                await one.Presence.UpdateAsync(one.Socket, new { random = random.Next() }).EndInTime();
                break;
            case 4 when one.Tracking.IsCompleted:
                present.Remove(one.Key);
                await one.Socket.LeaveAsync("team").EndInTime();
                break;
            case 5:
                _servers.PeersOf(random.Next(3)).IsSilent = random.Next(2) == 0;
                break;
            case 6:
                var (from, to) = (random.Next(3), random.Next(1, 3));
                var peers = _servers[from].Server.Presence.Peers;
                peers.Gone(IncarnationOf((from + to) % 3));
                peers.Came(IncarnationOf((from + to) % 3));
                break;
        }
    }

    private string IncarnationOf(int number) => _servers[number].Server.Incarnation;

    /// <summary>Lets so many intervals pass.</summary>
    private void Pass(int intervals)
    {
        for (var number = 0; number < intervals; number++)
        {
            _time.Advance(Interval);
        }
    }

    /// <summary>Lets time go by until it is so: who waits for some time may begin with it a moment after it has asked.</summary>
    private Task PassUntilAsync(Func<bool> isSo) => Limit.WaitUntil(() =>
    {
        Pass(1);
        return isSo();
    });

    /// <summary>Lets time go by until a client sees these people.</summary>
    private async Task SeesInTheEndAsync(Tracked one, params string[] expected)
    {
        var from = TimeProvider.System.GetTimestamp();
        for (var seen = await SeenByAsync(one); !seen.SequenceEqual(expected); seen = await SeenByAsync(one))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Limit.Time, $"It sees {string.Join(", ", seen)}.");
            _time.Advance(Interval);
        }
    }

    private async Task<Tracked> ConnectAsync(int number) =>
        new(await _servers[number % 3].ConnectAsync(), _servers[number % 3].Io) { Key = $"p{number}" };

    private async Task<Tracked> TrackAsync(int node, string key)
    {
        var tracked = new Tracked(await _servers[node].ConnectAsync(), _servers[node].Io) { Key = key };
        await tracked.Presence.TrackAsync(tracked.Socket, null, key).EndInTime();
        return tracked;
    }

    private static async Task<string[]> SeenByAsync(Tracked one)
    {
        one.Client.Send("42999[\"sync\"]");
        one.Seen.Take(await one.Client.ReadUntilAsync("43999[]"));
        return one.Seen.Show();
    }

    private async Task<string[]> ReadAsync(int node) =>
        [.. (await _servers[node].Io.PresenceOf("team").ReadAsync().EndInTime()).Select(person => $"{person.Key} {person.Metas.Count}")];

    /// <summary>A client, and what it makes of what it hears.</summary>
    private sealed class Tracked(TestClient client, IAkkaChat io)
    {
        public TestClient Client { get; } = client;

        public Socket Socket { get; } = io.Find(client.Id)!;

        public IRoomPresence Presence { get; } = io.PresenceOf("team");

        public ClientPresence Seen { get; } = new();

        public string Key { get; init; } = "";

        public Task Tracking { get; set; } = Task.CompletedTask;
    }
}
