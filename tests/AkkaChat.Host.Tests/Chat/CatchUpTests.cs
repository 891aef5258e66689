using System.Text.Json;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>What holds through absences and through the end of the process.</summary>
public sealed class CatchUpTests : IAsyncLifetime
{
    private ChatWorld _world = null!;

    public async Task InitializeAsync() => _world = await ChatWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_comes_back_gets_what_they_missed_in_order_and_then_what_comes_live()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var since = (await ana.SayAsync(room, "before")).GetProperty("position");
        await ben.Client.AbortAsync();
        var id = (await ana.SayAsync(room, "missed")).GetProperty("id").GetInt64();
        await ana.DoAsync("edit", new { room, id, text = "missed, mended" });

        var back = await _world.AgainAsync(ben);
        var entered = await back.DoAsync("enter", new { room, since });
        await ana.SayAsync(room, "live");

        Assert.True(entered.GetProperty("isContinuous").GetBoolean());
        Assert.Equal("missed", TextOf(await back.ExpectChangeAsync("message")));
        Assert.Equal("missed, mended", (await back.ExpectChangeAsync("edited")).Change.GetProperty("text").GetString());
        Assert.Equal("live", TextOf(await back.ExpectChangeAsync("message")));
    }

    [Fact]
    public async Task Who_missed_too_much_is_told_to_load_the_history_anew()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var since = (await ana.SayAsync(room, "before")).GetProperty("position");
        for (var i = 0; i < 6; i++)
        {
            await ana.SayAsync(room, $"m{i}");
        }

        var back = await _world.AgainAsync(ben);
        Assert.False((await back.DoAsync("enter", new { room, since, limit = 5 })).GetProperty("isContinuous").GetBoolean());
    }

    [Fact]
    public async Task All_that_was_acknowledged_is_there_after_a_restart_and_its_keys_are_known()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        var said = await ana.SayAsync(room, "I will be back", "key-1");

        _world = await _world.RestartAsync();
        var again = await _world.AgainAsync(ana);

        Assert.Equal("I will be back", await again.TextsAsync(room));
        Assert.Equal(said.GetProperty("id").GetInt64(), (await again.SayAsync(room, "I will be back", "key-1")).GetProperty("id").GetInt64());
        Assert.Equal("I will be back", await again.TextsAsync(room));
    }

    [Fact]
    public async Task What_had_not_come_from_the_log_into_the_tables_comes_after_a_restart()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        await ana.SayAsync(room, "stored in the log");
        await ana.DoAsync("history", new { room });
        await _world.ExecuteAsync("DELETE FROM messages");
        await _world.ExecuteAsync("UPDATE rooms SET log_offset = 0");

        _world = await _world.RestartAsync();

        Assert.Equal("stored in the log", await (await _world.AgainAsync(ana)).TextsAsync(room));
    }

    [Fact]
    public async Task A_lost_log_leaves_the_messages_and_new_ones_count_on()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        var position = (await ana.SayAsync(room, "old")).GetProperty("position");
        await ana.DoAsync("history", new { room });

        _world = await _world.RestartAsync(lose: "rooms.db");
        var again = await _world.AgainAsync(ana);
        var entered = await again.DoAsync("enter", new { room, since = position });
        var said = await again.SayAsync(room, "new");

        Assert.False(entered.GetProperty("isContinuous").GetBoolean());
        Assert.True(said.GetProperty("id").GetInt64() > position.GetProperty("offset").GetInt64());
        Assert.Equal("old|new", await again.TextsAsync(room));
    }

    [Fact]
    public async Task A_change_that_reaches_the_tables_twice_has_one_effect()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var id = (await ana.SayAsync(room, "Hello @Ben")).GetProperty("id").GetInt64();
        await ben.DoAsync("react", new { room, id, emoji = "👋", on = true });
        await ben.DoAsync("react", new { room, id, emoji = "👋", on = false });
        await ana.DoAsync("edit", new { room, id, text = "Hello @ben!" });
        var before = (await ana.DoAsync("history", new { room })).GetProperty("messages").ToString();

        await _world.ExecuteAsync("UPDATE rooms SET log_offset = 0");
        _world = await _world.RestartAsync();
        var again = await _world.AgainAsync(ana);

        Assert.Equal(before, (await again.DoAsync("history", new { room })).GetProperty("messages").ToString());
        Assert.Equal(1, await _world.FindAsync<long>("SELECT count(*) FROM mentions"));
    }

    private async Task<(ChatPerson Ana, ChatPerson Ben, string Room)> TwoInLobbyAsync()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var room = ana.Room("lobby");
        await ana.DoAsync("enter", new { room });
        await ben.DoAsync("enter", new { room });
        return (ana, ben, room);
    }

    private static string? TextOf((JsonElement Change, long Offset) told) => told.Change.GetProperty("message").GetProperty("text").GetString();
}
