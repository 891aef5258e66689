using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Presence;

/// <summary>What applications say of their sockets, and what clients hear of it.</summary>
public sealed class RoomPresenceTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ManualTime _time = new();
    private readonly TestServer _server;

    public RoomPresenceTests() => _server = TestServer.Start(time: _time, named: new() { ["max-rooms-per-socket"] = "3" });

    private IRoomPresence Team => _server.Io.PresenceOf("team");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_state_comes_first_then_each_change()
    {
        var (ann, bob) = (await _server.ConnectAsync(), await _server.ConnectAsync());

        await TrackAsync(ann, "ann", new { status = "online" });
        Assert.Equal(State(0, $$"""{"ann":[{{Meta(1, ",\"status\":\"online\"")}}]}"""), await ann.ReadAsync());

        await TrackAsync(bob, "bob", null);
        Assert.Equal(State(0, $$"""{"ann":[{{Meta(1, ",\"status\":\"online\"")}}]}"""), await bob.ReadAsync());
        _time.Advance(Interval);

        var diff = Diff(1, $$"""{"bob":[{{Meta(2)}}]}""", "{}");
        Assert.Equal(diff, await ann.ReadAsync());
        Assert.Equal(diff, await bob.ReadAsync());
    }

    [Fact]
    public async Task A_person_with_several_devices_is_one_key_with_several_entries()
    {
        var (phone, desktop) = (await TrackedAsync("ann"), await _server.ConnectAsync());

        await TrackAsync(desktop, "ann", new { device = "desktop" });
        Assert.Equal(State(0, $$"""{"ann":[{{Meta(1)}}]}"""), await desktop.ReadAsync());
        var ann = Assert.Single(await Team.ReadAsync().EndInTime());
        Assert.Equal(2, ann.Metas.Count);
        Assert.Equal("desktop", ann.Metas[1].As<Device>()!.Name);

        await Team.UntrackAsync(SocketOf(phone)).EndInTime();
        _time.Advance(Interval);
        Assert.Equal(Diff(1, $$"""{"ann":[{{Meta(2, ",\"device\":\"desktop\"")}}]}""", $$"""{"ann":[{{Meta(1)}}]}"""), await desktop.ReadAsync());
        Assert.Single(Assert.Single(await Team.ReadAsync().EndInTime()).Metas);
    }

    [Fact]
    public async Task The_key_is_the_users_id_unless_another_is_given()
    {
        await using var server = TestServer.Start(options => options.UserId = _ => "u7", _time);
        var socket = server.Io.Find((await server.ConnectAsync()).Id)!;

        await server.Io.PresenceOf("team").TrackAsync(socket).EndInTime();
        await server.Io.PresenceOf("other").TrackAsync(socket, null, "somebody").EndInTime();

        Assert.Equal("u7", Assert.Single(await server.Io.PresenceOf("team").ReadAsync().EndInTime()).Key);
        Assert.Equal("somebody", Assert.Single(await server.Io.PresenceOf("other").ReadAsync().EndInTime()).Key);
    }

    [Fact]
    public async Task An_update_is_a_leave_and_a_join_of_that_one_entry()
    {
        var (ann, bob) = await TwoAsync();

        await Team.UpdateAsync(SocketOf(ann), new { status = "away" }).EndInTime();
        _time.Advance(Interval);

        Assert.Equal(Diff(2, $$"""{"ann":[{{Meta(3, ",\"status\":\"away\"")}}]}""", $$"""{"ann":[{{Meta(1)}}]}"""), await bob.ReadAsync());
    }

    [Fact]
    public async Task Leaving_the_room_takes_a_socket_off_and_ends_what_it_hears()
    {
        var (ann, bob) = await TwoAsync();

        await SocketOf(ann).LeaveAsync("team").EndInTime();
        _time.Advance(Interval);

        Assert.Equal(Diff(2, "{}", $$"""{"ann":[{{Meta(1)}}]}"""), await bob.ReadAsync());
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task Disconnecting_takes_a_socket_off()
    {
        var (ann, bob) = await TwoAsync();

        ann.Send("41");
        await ann.SettleAsync();
        _time.Advance(Interval);

        Assert.Equal(Diff(2, "{}", $$"""{"ann":[{{Meta(1)}}]}"""), await bob.ReadAsync());
        Assert.Equal(["bob"], (await Team.ReadAsync().EndInTime()).Select(person => person.Key));
    }

    [Fact]
    public async Task The_last_one_leaves_nothing_behind()
    {
        var ann = await TrackedAsync("ann");

        await SocketOf(ann).LeaveAsync("team").EndInTime();

        Assert.Empty(_server.Main.Presence.All);
        Assert.Empty(await Team.ReadAsync().EndInTime());
        await TrackAsync(ann, "ann", null);
        Assert.Equal(State(0, $$"""{"ann":[{{Meta(2)}}]}"""), await ann.ReadAsync());
    }

    [Fact]
    public async Task The_changes_of_an_interval_are_one_event_without_what_came_and_went()
    {
        var (ann, others) = (await TrackedAsync("ann"), new List<TestClient>());
        for (var number = 0; number < 3; number++)
        {
            others.Add(await TrackedAsync($"p{number}"));
        }

        await Team.UntrackAsync(SocketOf(others[1])).EndInTime();
        await Team.UpdateAsync(SocketOf(ann), null).EndInTime();
        await Team.UpdateAsync(SocketOf(ann), null).EndInTime();
        _time.Advance(Interval - TimeSpan.FromMilliseconds(1));
        await ann.ExpectNothingAsync();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var diff = await ann.ReadAsync();
        string[] joins = [$"\"p0\":[{Meta(2)}]", $"\"p2\":[{Meta(4)}]", $"\"ann\":[{Meta(6)}]"];
        Assert.All(joins, join => Assert.Contains(join, diff, StringComparison.Ordinal));
        Assert.DoesNotContain("\"p1\"", diff, StringComparison.Ordinal);
        Assert.EndsWith("},\"leaves\":{\"ann\":[" + Meta(1) + "]}},1]", diff, StringComparison.Ordinal);
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task Without_an_interval_each_change_is_told_at_once()
    {
        await using var server = TestServer.Start(named: new() { ["presence.diff-interval"] = "0s" });
        var (ann, bob) = (await server.ConnectAsync(), await server.ConnectAsync());
        var team = server.Io.PresenceOf("team");

        await team.TrackAsync(server.Io.Find(ann.Id)!, null, "ann").EndInTime();
        await ann.ReadAsync();
        await team.TrackAsync(server.Io.Find(bob.Id)!, null, "bob").EndInTime();

        Assert.StartsWith("42[\"presence_diff\",\"team\",{\"joins\":{\"bob\":", await ann.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_taken_off_stays_in_the_room_and_hears_of_the_others()
    {
        var (ann, bob) = await TwoAsync();

        await Team.UntrackAsync(SocketOf(ann)).EndInTime();
        await Team.UntrackAsync(SocketOf(ann)).EndInTime();
        _time.Advance(Interval);
        await Team.UpdateAsync(SocketOf(bob), null).EndInTime();
        _time.Advance(Interval);

        Assert.Contains("team", SocketOf(ann).Rooms);
        Assert.Equal(Diff(2, "{}", $$"""{"ann":[{{Meta(1)}}]}"""), await ann.ReadAsync());
        Assert.Equal(Diff(3, $$"""{"bob":[{{Meta(3)}}]}""", $$"""{"bob":[{{Meta(2)}}]}"""), await ann.ReadAsync());
    }

    [Fact]
    public async Task Tracking_again_replaces_the_entry_and_sends_the_state_again()
    {
        var (ann, bob) = await TwoAsync();

        await TrackAsync(ann, "nina", null);
        var state = await ann.ReadAsync();
        Assert.Contains($$"""
            "ann":[{{Meta(1)}}]
            """, state, StringComparison.Ordinal);
        Assert.EndsWith("},1]", state, StringComparison.Ordinal);
        _time.Advance(Interval);

        var diff = Diff(2, $$"""{"nina":[{{Meta(3)}}]}""", $$"""{"ann":[{{Meta(1)}}]}""");
        Assert.Equal(diff, await ann.ReadAsync());
        Assert.Equal(diff, await bob.ReadAsync());
    }

    [Fact]
    public async Task Tracking_is_a_join_and_counts_as_one()
    {
        var socket = SocketOf(await TrackedAsync("ann"));
        await _server.Io.PresenceOf("b").TrackAsync(socket, null, "ann").EndInTime();
        await socket.JoinAsync("c").EndInTime();

        Assert.Equal(["b", "c", "team"], socket.Rooms.Order());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _server.Io.PresenceOf("d").TrackAsync(socket, null, "ann").EndInTime());
        Assert.Empty(await _server.Io.PresenceOf("d").ReadAsync().EndInTime());
    }

    [Fact]
    public async Task A_handlers_ack_comes_behind_the_state_whether_it_waits_or_not()
    {
        _server.Io.On("enter", (Socket socket) =>
        {
            _ = Team.TrackAsync(socket, null, "ann");
            _ = Team.UpdateAsync(socket, new { n = 1 });
        });
        _server.Io.On("who", () => Team.ReadAsync());
        var ann = await _server.ConnectAsync();

        ann.Send("420[\"enter\"]");
        Assert.Equal(State(0, $$"""{"ann":[{{Meta(1)}}]}"""), await ann.ReadAsync());
        Assert.Equal("430[]", await ann.ReadAsync());
        ann.Send("421[\"who\"]");
        Assert.Equal($$"""431[[{"key":"ann","metas":[{{Meta(2, ",\"n\":1")}}]}]]""", await ann.ReadAsync());
    }

    [Fact]
    public async Task A_connect_handler_can_track_and_the_state_comes_behind_the_welcome()
    {
        await using var server = TestServer.Start(options => options.UserId = _ => "u7");
        server.Io.OnConnect((Socket socket) => server.Io.PresenceOf("team").TrackAsync(socket));

        var client = await server.ConnectAsync();

        Assert.StartsWith("42[\"presence_state\",\"team\",{\"u7\":[", await client.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_refused_is_not_there()
    {
        _server.Io.OnConnect(async (Socket socket) =>
        {
            await Team.TrackAsync(socket, null, "ann");
            return Connect.Refuse("no");
        });
        var client = await _server.OpenAsync();

        client.Send("40");

        Assert.StartsWith("44", await client.ReadAsync(), StringComparison.Ordinal);
        await client.SettleAsync();
        Assert.Empty(_server.Main.Presence.All);
    }

    [Fact]
    public async Task Rooms_of_one_name_in_two_namespaces_are_two()
    {
        _server.Io.Of("/b");
        await TrackedAsync("ann");
        var bob = await _server.ConnectAsync("/b");

        await _server.Io.Of("/b").PresenceOf("team").TrackAsync(_server.Io.Of("/b").Find(bob.Id)!, null, "bob").EndInTime();

        Assert.Equal($$"""42/b,["presence_state","team",{"bob":[{{Meta(2)}}]},0]""", await bob.ReadAsync());
        var missing = Assert.Throws<ArgumentException>(() => { _ = Team.TrackAsync(_server.Io.Of("/b").Find(bob.Id)!, null, "bob"); });
        Assert.Contains("namespace /b", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybodys_changes_add_up_to_who_is_there_whatever_they_do_at_once()
    {
        var watching = await _server.ConnectAsync();
        await TrackAsync(watching, "watcher", null);
        TestClient[] clients = [.. await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _server.ConnectAsync()))];

        await Limit.RunAtOnce(clients.Length, number => Run(clients[number], number).GetAwaiter().GetResult());
        _time.Advance(Interval);
        _time.Advance(Interval);

        var people = new ClientPresence();
        watching.Send("42999[\"sync\"]");
        people.Take(await watching.ReadUntilAsync("43999[]"));
        var expected = (await Team.ReadAsync().EndInTime()).Select(person => $"{person.Key} {person.Metas.Count}");
        Assert.Equal(expected, people.Show());
        Assert.Equal(["p0 1", "p2 1", "p4 1", "p6 1", "watcher 1"], people.Show());

        async Task Run(TestClient client, int number)
        {
            var socket = SocketOf(client);
            for (var round = 0; round < 20; round++)
            {
                await Task.WhenAll(Team.TrackAsync(socket, null, $"p{number}"), socket.LeaveAsync("team"));
                await Team.TrackAsync(socket, null, $"p{number}");
                _time.Advance(TimeSpan.FromMilliseconds(10));
            }

            await (number % 2 == 0 ? Team.UpdateAsync(socket, new { done = true }) : socket.DisconnectAsync());
        }
    }

    private static string State(int version, string people) => $$"""42["presence_state","team",{{people}},{{version}}]""";

    private static string Diff(int version, string joins, string leaves) =>
        $$"""42["presence_diff","team",{"joins":{{joins}},"leaves":{{leaves}}},{{version}}]""";

    private string Meta(int number, string fields = "") => $$"""{"ref":"{{_server.Server.Incarnation}}{{number:x}}"{{fields}}}""";

    private Socket SocketOf(TestClient client) => _server.Io.Find(client.Id)!;

    private Task TrackAsync(TestClient client, string key, object? meta) => Team.TrackAsync(SocketOf(client), meta, key).EndInTime();

    /// <summary>A client that is tracked and has read its state.</summary>
    private async Task<TestClient> TrackedAsync(string key)
    {
        var client = await _server.ConnectAsync();
        await TrackAsync(client, key, null);
        Assert.StartsWith("42[\"presence_state\"", await client.ReadAsync(), StringComparison.Ordinal);
        return client;
    }

    /// <summary>Ann and Bob, who know of each other, at version 1.</summary>
    private async Task<(TestClient Ann, TestClient Bob)> TwoAsync()
    {
        var (ann, bob) = (await TrackedAsync("ann"), await TrackedAsync("bob"));
        _time.Advance(Interval);
        await ann.ReadAsync();
        await bob.ReadAsync();
        return (ann, bob);
    }

    private sealed record Device([property: System.Text.Json.Serialization.JsonPropertyName("device")] string Name);
}
