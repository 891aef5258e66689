using System.Text.Json;
using AkkaChat.Nodes;
using AkkaChat.Protocol;
using AkkaChat.Rooms;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Tests.Nodes;

/// <summary>What a node learns of another one by asking, if answers come in part, or the other one goes.</summary>
public sealed class PresencePullTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly LinkedServers _servers;

    public PresencePullTests()
    {
        _servers = new LinkedServers(2, _time, options => options.PingInterval = TimeSpan.FromDays(1));
        Peers.Came(IncarnationOf(1));
    }

    private Presence.PresencePeers Peers => _servers[0].Server.Presence.Peers;

    private IEnumerable<NodeRequest.PresencePull> Pulls => _servers.PeersOf(1).Asked.OfType<NodeRequest.PresencePull>();

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task A_room_of_which_a_part_was_lost_is_asked_for_again()
    {
        await FillAsync(300, "team");
        _servers.PeersOf(1).MostParts = 1;
        var ann = await _servers[0].ConnectAsync();
        var tracking = TrackAsync(ann, "team");

        for (var from = TimeProvider.System.GetTimestamp(); Pulls.Count() < 2; Pass())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Limit.Time, "It is not asked again.");
            await ann.SettleAsync();
        }

        await tracking.EndInTime();
        _servers.PeersOf(1).MostParts = int.MaxValue;
        await SeesInTheEndAsync(ann, 301, "team");
    }

    [Fact]
    public async Task Of_answers_that_never_come_in_full_what_does_counts_so_that_in_the_end_there_is_everybody()
    {
        string[] rooms = ["a", "b", "c", "d"];
        await FillAsync(100, rooms);
        Peers.Gone(IncarnationOf(1));
        var ann = await _servers[0].ConnectAsync();
        await Task.WhenAll(rooms.Select(room => TrackAsync(ann, room))).EndInTime();
        _servers.PeersOf(1).MostParts = 2;

        Peers.Came(IncarnationOf(1));

        await SeesInTheEndAsync(ann, 101, rooms);
        Assert.Equal([4, 3, 2], Pulls.Select(pull => pull.Rooms.Count));
    }

    [Fact]
    public async Task A_room_does_not_wait_for_a_node_that_went_while_it_began()
    {
        string[] before = [IncarnationOf(1), "gone"];

        var room = _servers[0].Server.FindNamespace("/")!.Presence.Begin("team", before);

        await room.WhenComplete().EndInTime();
        Assert.Single(Pulls);
    }

    /// <summary>So many people, with as much to say as may be, come into rooms of the other node.</summary>
    private async Task FillAsync(int people, params string[] rooms)
    {
        var fields = JsonSerializer.SerializeToUtf8Bytes(new { text = new string('x', 1000) });
        var presence = _servers[1].Server.FindNamespace("/")!.Presence;
        foreach (var (number, room) in from number in Enumerable.Range(0, people) from room in rooms select (number, room))
        {
            await presence.TrackAsync(new Person($"{number}"), room, $"p{number}", fields).EndInTime();
        }

        Pass();
    }

    private Task TrackAsync(TestClient client, string room) => _servers[0].Io.PresenceOf(room).TrackAsync(_servers[0].Io.Find(client.Id)!, null, "ann");

    /// <summary>Lets time go by until a client sees so many in each of the rooms.</summary>
    private async Task SeesInTheEndAsync(TestClient client, int people, params string[] rooms)
    {
        var from = TimeProvider.System.GetTimestamp();
        var seen = rooms.ToDictionary(room => room, _ => new ClientPresence());
        while (seen.Values.Any(room => room.Show().Length < people))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Limit.Time, string.Join(", ", seen.Values.Select(room => room.Show().Length)));
            Pass();
            client.Send("42999[\"sync\"]");
            var messages = await client.ReadUntilAsync("43999[]");
            foreach (var (room, presence) in seen)
            {
                presence.Take(messages.Where(message => message.Contains($"\",\"{room}\",", StringComparison.Ordinal)));
            }
        }
    }

    private void Pass() => _time.Advance(TimeSpan.FromMilliseconds(100));

    private string IncarnationOf(int number) => _servers[number].Server.Incarnation;

    /// <summary>Somebody who is there, and does not listen.</summary>
    private sealed record Person(string Id) : IRoomMember
    {
        public bool Deliver(WirePacket packet, bool isVolatile) => true;

        public bool IsIn(string room) => true;
    }
}
