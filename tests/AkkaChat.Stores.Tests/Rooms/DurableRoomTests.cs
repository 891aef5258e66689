using AkkaChat.Stores.Tests.Support;
using AkkaChat.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Stores.Tests.Rooms;

/// <summary>Durable rooms as clients see them, with each store.</summary>
public abstract class DurableRoomTests(StoreSource source) : IAsyncLifetime
{
    private ChatTestServer _server = null!;

    private IRoomLog Lobby => _server.Io.LogOf("lobby");

    public async Task InitializeAsync() => _server = await StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await source.DisposeAsync();
    }

    [StoreFact]
    public async Task A_published_message_reaches_the_members_with_its_position_and_is_in_the_log()
    {
        await using var ann = await JoinedAsync();
        await using var stranger = await _server.ConnectAsync();

        var position = await ann.CallAsync<LogPosition>("say", "hello");

        var received = await ann.ExpectAsync<string, LogPosition>("chat");
        Assert.Equal(("hello", position), received);
        Assert.Equal(1, position.Offset);
        var entry = Assert.Single((await Lobby.ReadAsync()).Entries);
        Assert.Equal((1, "chat", "hello"), (entry.Offset, entry.EventName, entry.Arguments[0].As<string>()));
        Assert.Single(entry.Arguments);
        await stranger.ExpectNothingAsync();
    }

    [StoreFact]
    public async Task Binary_at_any_depth_comes_back_from_the_log()
    {
        byte[] first = [0, 1, 2, 255], second = [7];
        await Lobby.PublishAsync("file", new { name = "a", parts = new[] { first, second } }, first, null);
        await using var ann = await _server.ConnectAsync();

        await ann.CallAsync<LogJoin>("join");

        var received = await ann.ExpectAsync("file");
        Assert.Equal(4, received.Arguments.Count);
        Assert.Equal([first, second], received.Argument<FileInParts>().Parts);
        Assert.Equal(first, received.Argument<byte[]>(1));
        Assert.Equal(1, received.Argument<LogPosition>(3).Offset);
    }

    [StoreFact]
    public async Task Who_comes_back_gets_what_it_missed_then_what_is_live()
    {
        await using var ann = await JoinedAsync();
        await SayAsync("1", "2");
        await ann.ExpectAsync("chat");
        var last = (await ann.ExpectAsync<string, LogPosition>("chat")).Second;
        await ann.DisconnectAsync();
        await SayAsync("3", "4");

        await using var again = await _server.ConnectAsync();
        var join = await again.CallAsync<LogJoin>("join", last);
        await SayAsync("5");

        Assert.Equal(new LogJoin(last with { Offset = 4 }, 2, IsContinuous: true), join);
        Assert.Equal(["3", "4", "5"], await TextsAsync(again, 3));
        await again.ExpectNothingAsync();
    }

    [StoreFact]
    public async Task A_gap_is_said_and_what_follows_it_has_none()
    {
        await SayAsync("1", "2", "3", "4", "5");
        var epoch = (await Lobby.ReadAsync()).Top.Epoch;

        async Task<(string, bool)> JoinAsync(LogPosition? since, int limit)
        {
            await using var client = await _server.ConnectAsync();
            var join = await client.CallAsync<LogJoin>("join", since, limit);
            return (string.Concat(await TextsAsync(client, join.Replayed)), join.IsContinuous);
        }

        Assert.Equal(("45", true), await JoinAsync(new LogPosition(epoch, 3), 2));
        Assert.Equal(("45", false), await JoinAsync(new LogPosition(epoch, 2), 2));
        Assert.Equal(("45", false), await JoinAsync(new LogPosition("another", 3), 2));
        Assert.Equal(("45", false), await JoinAsync(new LogPosition(epoch, 6), 2));
        Assert.Equal(("45", false), await JoinAsync(new LogPosition(epoch, -1), 2));
        Assert.Equal(("45", false), await JoinAsync(null, 2));
        Assert.Equal(("12345", true), await JoinAsync(null, 5));
        Assert.Equal(("", true), await JoinAsync(new LogPosition(epoch, 5), 2));
        Assert.Equal(("", false), await JoinAsync(new LogPosition(epoch, 4), 0));
    }

    [StoreFact]
    public async Task At_the_seam_nothing_is_missed_and_nothing_doubled_however_much_is_published()
    {
        const int Publishers = 4, Each = 60, Clients = 12;
        var epoch = (await Lobby.ReadAsync()).Top.Epoch;
        var publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(async publisher =>
        {
            for (var number = 0; number < Each; number++)
            {
                await Lobby.PublishAsync("chat", $"{publisher}-{number}");
            }
        }));
        var joining = Enumerable.Range(0, Clients).Select(async number =>
        {
            var client = await _server.ConnectAsync();
            var top = (await Lobby.ReadAsync(limit: 1)).Top.Offset;

            // Some are new, some come back to the middle, some to the top of this moment.
            LogPosition? since = (number % 3) switch { 0 => null, 1 => new LogPosition(epoch, top / 2), _ => new LogPosition(epoch, top) };
            var join = await client.CallAsync<LogJoin>("join", since, 1000);
            Assert.True(join.IsContinuous);
            var first = (since?.Offset ?? 0) + 1;
            for (var offset = first; offset <= Publishers * Each; offset++)
            {
                Assert.Equal(offset, (await client.ExpectAsync<string, LogPosition>("chat")).Second.Offset);
            }

            return client;
        }).ToList();

        await publishing;
        foreach (var client in await Task.WhenAll(joining))
        {
            await client.ExpectNothingAsync();
        }
    }

    [StoreFact]
    public async Task All_members_see_one_order_which_is_the_logs()
    {
        await using var ann = await JoinedAsync();
        await using var bob = await JoinedAsync();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Lobby.PublishAsync("chat", $"{number}")));

        var log = await Lobby.ReadAsync(limit: 1000);
        string[] stored = [.. log.Entries.Select(entry => entry.Arguments[0].As<string>()!)];
        Assert.Equal(100, stored.Length);
        Assert.Equal(stored, await TextsAsync(ann, 100));
        Assert.Equal(stored, await TextsAsync(bob, 100));
    }

    [StoreFact]
    public async Task A_message_published_many_times_at_once_is_there_once_and_all_get_the_same_answer()
    {
        await using var ann = await JoinedAsync();

        var positions = await Task.WhenAll(Enumerable.Range(0, 60).Select(number =>
            Task.Run(() => Lobby.Once($"ann:{number % 3}").PublishAsync("chat", $"{number % 3}"))));

        Assert.Equal(3, positions.Distinct().Count());
        Assert.Equal(3, (await Lobby.ReadAsync()).Entries.Count);
        Assert.Equal(["0", "1", "2"], (await TextsAsync(ann, 3)).Order());
        await ann.ExpectNothingAsync();
    }

    [StoreFact]
    public async Task A_page_goes_up_or_down_from_a_position()
    {
        await SayAsync("1", "2", "3", "4", "5");
        var top = (await Lobby.ReadAsync()).Top;

        async Task<string> PageAsync(LogPosition? since, bool reverse, int limit = 2)
        {
            var page = await Lobby.ReadAsync(since, limit, reverse);
            Assert.Equal(top, page.Top);
            return string.Concat(page.Entries.Select(entry => entry.Arguments[0].As<string>())) + (page.IsContinuous ? "" : " gap");
        }

        Assert.Equal("12", await PageAsync(null, reverse: false));
        Assert.Equal("45", await PageAsync(top with { Offset = 3 }, reverse: false));
        Assert.Equal("", await PageAsync(top, reverse: false));
        Assert.Equal("54", await PageAsync(null, reverse: true));
        Assert.Equal("21", await PageAsync(top with { Offset = 3 }, reverse: true));
        Assert.Equal("", await PageAsync(top with { Offset = 1 }, reverse: true));
        Assert.Equal("12 gap", await PageAsync(new LogPosition("another", 3), reverse: false));
        Assert.Equal("54 gap", await PageAsync(new LogPosition("another", 3), reverse: true));
        Assert.Equal("12 gap", await PageAsync(top with { Offset = long.MaxValue }, reverse: false));
    }

    [StoreFact]
    public async Task What_is_over_the_limits_goes_and_that_is_no_continuity()
    {
        var log = _server.Io.LogOf("short");
        for (var number = 1; number <= 5; number++)
        {
            await log.PublishAsync("chat", $"{number}");
        }

        var page = await log.ReadAsync();
        Assert.Equal([3, 4, 5], page.Entries.Select(entry => entry.Offset));
        Assert.False(page.IsContinuous);
        Assert.False((await log.ReadAsync(page.Top with { Offset = 1 })).IsContinuous);
        Assert.True((await log.ReadAsync(page.Top with { Offset = 2 })).IsContinuous);

        _server.Clock.Advance(TimeSpan.FromMinutes(61));
        await Eventually.TrueAsync(async () =>
        {
            // The server looks each half minute, but not while it is still at it.
            _server.Clock.Advance(TimeSpan.FromSeconds(30));
            return (await log.ReadAsync()).Entries.Count == 0;
        });
        Assert.Equal(page.Top, (await log.ReadAsync()).Top);
    }

    [StoreFact]
    public async Task A_handlers_operations_on_a_log_take_effect_in_their_order_though_nobody_awaits_them()
    {
        await using var ann = await _server.ConnectAsync();

        await ann.CallAsync("all at once");

        Assert.Equal(["old", "new 1", "new 2", "plain"], [
            .. await TextsAsync(ann, 3), await ann.ExpectAsync<string>("plain")]);
    }

    [StoreFact]
    public async Task Who_catches_up_after_a_message_was_replaced_gets_what_it_says_now_and_never_what_it_said()
    {
        await using var here = await JoinedAsync();
        await SayAsync("1", "secret", "3");
        var top = (await Lobby.ReadAsync()).Top;
        Assert.Equal(["1", "secret", "3"], await TextsAsync(here, 3));

        Assert.True(await Lobby.ReplaceAsync(top with { Offset = 2 }, "chat", "removed"));
        await SayAsync("4");

        await using var ann = await _server.ConnectAsync();
        await ann.CallAsync<LogJoin>("join", top with { Offset = 1 });
        Assert.Equal(["removed", "3", "4"], await TextsAsync(ann, 3));
        Assert.Equal(["4"], await TextsAsync(here, 1));
        Assert.Equal(["1", "removed", "3", "4"], (await Lobby.ReadAsync()).Entries.Select(entry => entry.Arguments[0].As<string>()));
    }

    [StoreFact]
    public async Task What_is_no_place_in_the_log_replaces_nothing()
    {
        await SayAsync("1");
        var top = (await Lobby.ReadAsync()).Top;

        Assert.False(await Lobby.ReplaceAsync(default, "chat", "x"));
        Assert.False(await Lobby.ReplaceAsync(top with { Offset = -1 }, "chat", "x"));
        Assert.False(await Lobby.ReplaceAsync(top with { Offset = 0 }, "chat", "x"));
        Assert.False(await Lobby.ReplaceAsync(new LogPosition("\0", 1), "chat", "x"));
        Assert.False(await Lobby.ReplaceAsync(new LogPosition("\ud800", 1), "chat", "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => Lobby.ReplaceAsync(top, "connect", "x"));
        Assert.Equal("1", Assert.Single((await Lobby.ReadAsync()).Entries).Arguments[0].As<string>());
    }

    [StoreFact]
    public async Task A_cleared_log_is_empty_and_says_so_to_those_who_come_back()
    {
        await SayAsync("1", "2");
        var before = (await Lobby.ReadAsync()).Top;

        await Lobby.ClearAsync();
        await SayAsync("3", "4");

        await using var ann = await _server.ConnectAsync();
        var join = await ann.CallAsync<LogJoin>("join", before);
        Assert.False(join.IsContinuous);
        Assert.Equal(["3", "4"], await TextsAsync(ann, 2));
    }

    [StoreFact]
    public async Task Who_is_in_the_room_already_or_elsewhere_is_refused()
    {
        await using var ann = await JoinedAsync();
        await using var admin = await _server.ConnectAsync("/admin");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Lobby.JoinAsync(ann.Socket!));
        await Assert.ThrowsAsync<ArgumentException>(() => Lobby.JoinAsync(admin.Socket!));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Lobby.JoinAsync(ann.Socket!, null, 1001));
        await ann.Socket!.LeaveAsync("lobby");
        await SayAsync("1");
        Assert.Equal(1, (await Lobby.JoinAsync(ann.Socket!)).Replayed);
    }

    private async Task<ChatTestServer> StartAsync()
    {
        var store = await source.CreateAsync();
        return await ChatTestServer.StartAsync(
            DurableChat.Map,
            services: services => services.AddSingleton(_ => store),
            configure: options => options.RoomLogLimits = (_, room) => room == "short"
                ? new RoomLogLimits(3, TimeSpan.FromHours(1))
                : new RoomLogLimits(1000, TimeSpan.FromDays(1)));
    }

    private async Task<TestClient> JoinedAsync()
    {
        var client = await _server.ConnectAsync();
        await client.CallAsync<LogJoin>("join", null, 0);
        return client;
    }

    private async Task SayAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await Lobby.PublishAsync("chat", text);
        }
    }

    private static async Task<string[]> TextsAsync(TestClient client, int count)
    {
        var texts = new string[count];
        for (var index = 0; index < count; index++)
        {
            texts[index] = await client.ExpectAsync<string>("chat");
        }

        return texts;
    }

    private sealed record FileInParts(string Name, byte[][] Parts);
}
