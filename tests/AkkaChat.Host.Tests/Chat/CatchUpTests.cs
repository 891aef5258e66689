using System.Text.Json;
using AkkaChat.Host.Messages;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>What holds through absences and through the end of the process.</summary>
public abstract class CatchUpTests : IAsyncLifetime
{
    private protected ChatWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await StartAsync();

    public Task DisposeAsync() => World.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task Who_comes_back_gets_what_they_missed_in_order_and_then_what_comes_live()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var since = (await ana.SayAsync(room, "before")).GetProperty("position");
        await ben.Client.AbortAsync();
        var id = (await ana.SayAsync(room, "missed")).GetProperty("id").GetInt64();
        await ana.DoAsync("edit", new { room, id, text = "missed, mended" });

        var back = await World.AgainAsync(ben);
        var entered = await back.DoAsync("enter", new { room, since });
        await ana.SayAsync(room, "live");

        Assert.True(entered.GetProperty("isContinuous").GetBoolean());
        Assert.Equal("missed", TextOf(await back.ExpectChangeAsync("message")));
        Assert.Equal("missed, mended", (await back.ExpectChangeAsync("edited")).Change.GetProperty("text").GetString());
        Assert.Equal("live", TextOf(await back.ExpectChangeAsync("message")));
    }

    [StoreFact]
    public async Task What_is_said_between_the_list_of_rooms_and_coming_in_is_not_missed()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        await ana.SayAsync(room, "counted");
        await ana.DoAsync("history", new { room });
        var cem = await World.SignUpAsync("Cem");
        await ana.SayAsync(room, "said meanwhile");

        var listed = cem.Welcome.GetProperty("rooms").EnumerateArray().Single();
        var entered = await cem.DoAsync("enter", new { room, since = listed.GetProperty("position") });

        Assert.True(entered.GetProperty("isContinuous").GetBoolean());
        Assert.Equal("said meanwhile", TextOf(await cem.ExpectChangeAsync("message")));
    }

    [StoreFact]
    public async Task In_a_room_that_has_just_begun_nothing_is_missed()
    {
        var (ana, ben, _) = await TwoInLobbyAsync();
        var room = (await ana.DoAsync("direct", new { person = ben.Id })).GetProperty("room").GetProperty("id").GetString()!;
        var added = await ben.Client.ExpectAsync<JsonElement>("room_added");
        await ana.SayAsync(room, "psst");

        // What the room begins with may have come into the tables by then, or not yet: then it has no position.
        object request = added.TryGetProperty("position", out var since) ? new { room, since } : new { room, limit = 200 };
        var entered = await ben.DoAsync("enter", request);

        Assert.True(entered.GetProperty("isContinuous").GetBoolean());
        Assert.Equal("psst", TextOf(await ben.ExpectChangeAsync("message")));
    }

    [StoreFact]
    public async Task Without_a_position_the_last_of_a_room_comes_first_if_it_is_asked_for()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        await ana.SayAsync(room, "one");
        await ana.SayAsync(room, "two");
        var cem = await World.SignUpAsync("Cem");

        await cem.DoAsync("enter", new { room, limit = 200 });

        Assert.Equal("one", TextOf(await cem.ExpectChangeAsync("message")));
        Assert.Equal("two", TextOf(await cem.ExpectChangeAsync("message")));
    }

    [StoreFact]
    public async Task Who_missed_too_much_is_told_to_load_the_history_anew()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var since = (await ana.SayAsync(room, "before")).GetProperty("position");
        for (var i = 0; i < 6; i++)
        {
            await ana.SayAsync(room, $"m{i}");
        }

        var back = await World.AgainAsync(ben);
        Assert.False((await back.DoAsync("enter", new { room, since, limit = 5 })).GetProperty("isContinuous").GetBoolean());
    }

    [StoreFact]
    public async Task All_that_was_acknowledged_is_there_after_a_restart_and_its_keys_are_known()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        var said = await ana.SayAsync(room, "I will be back", "key-1");

        await RestartAsync();
        var again = await World.AgainAsync(ana);

        Assert.Equal("I will be back", await again.TextsAsync(room));
        Assert.Equal(said.GetProperty("id").GetInt64(), (await again.SayAsync(room, "I will be back", "key-1")).GetProperty("id").GetInt64());
        Assert.Equal("I will be back", await again.TextsAsync(room));
    }

    [StoreFact]
    public async Task What_had_not_come_from_the_log_into_the_tables_comes_after_a_restart()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        await ana.SayAsync(room, "stored in the log");
        await ana.DoAsync("history", new { room });
        await World.ExecuteAsync("DELETE FROM messages");
        await World.ExecuteAsync("UPDATE rooms SET log_offset = 0");

        await RestartAsync();

        Assert.Equal("stored in the log", await (await World.AgainAsync(ana)).TextsAsync(room));
    }

    [StoreFact]
    public async Task A_change_that_reaches_the_tables_twice_has_one_effect()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var id = (await ana.SayAsync(room, "Hello @Ben")).GetProperty("id").GetInt64();
        await ben.DoAsync("react", new { room, id, emoji = "👋", on = true });
        await ben.DoAsync("react", new { room, id, emoji = "👋", on = false });
        await ana.DoAsync("edit", new { room, id, text = "Hello @ben!" });
        var before = (await ana.DoAsync("history", new { room })).GetProperty("messages").ToString();

        await World.ExecuteAsync("UPDATE rooms SET log_offset = 0");
        await RestartAsync();
        var again = await World.AgainAsync(ana);

        Assert.Equal(before, (await again.DoAsync("history", new { room })).GetProperty("messages").ToString());
        Assert.Equal(1, await World.FindAsync<long>("SELECT count(*) FROM mentions"));
    }

    [StoreFact]
    public async Task An_entry_of_the_log_that_the_database_cannot_keep_costs_only_itself()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        await ana.SayAsync(room, "before");
        await PublishAsync(room, room, new Change { Kind = Change.MessageSaid, Message = new() { By = ana.Id, At = 1, Text = "a\0" } });
        await PublishAsync(room, room, new Change { Kind = Change.Reacted, By = ana.Id, Emoji = "👋" }); // to no message
        await PublishAsync(room, room, "nonsense");
        await PublishAsync(room);
        await ana.SayAsync(room, "after");

        var texts = await ana.TextsAsync(room);
        await RestartAsync();
        var again = await World.AgainAsync(ana);
        await again.DoAsync("enter", new { room });

        Assert.StartsWith("before|", texts, StringComparison.Ordinal);
        Assert.EndsWith("|after", texts, StringComparison.Ordinal);
        Assert.Equal(texts, await again.TextsAsync(room));
    }

    private Task<LogPosition> PublishAsync(string room, params object?[] arguments) =>
        World.Server.Io.LogOf(RoomChanges.KeyOf(room)).PublishAsync(RoomChanges.EventName, arguments);

    private protected async Task<(ChatPerson Ana, ChatPerson Ben, string Room)> TwoInLobbyAsync()
    {
        var ana = await World.SignUpAsync("Ana");
        var ben = await World.SignUpAsync("Ben");
        var room = ana.Room("lobby");
        await ana.DoAsync("enter", new { room });
        await ben.DoAsync("enter", new { room });
        return (ana, ben, room);
    }

    private protected async Task RestartAsync(string? lose = null) => World = await World.RestartAsync(lose);

    private static string? TextOf((JsonElement Change, long Offset) told) => told.Change.GetProperty("message").GetProperty("text").GetString();
}
