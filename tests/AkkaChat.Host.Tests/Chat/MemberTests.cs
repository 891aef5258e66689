using System.Text.Json;
using AkkaChat.Host.Accounts;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>What is done to members of rooms holds, and only by those who are above them.</summary>
public abstract class MemberTests : IAsyncLifetime
{
    private ChatWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task A_mute_outlasts_leaving_and_coming_back_and_the_room_is_told_again()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        var until = InTenMinutes;
        await ana.DoAsync("mute", new { room, person = ben.Id, until });
        await ana.Client.ExpectAsync("member_muted");

        await ben.DoAsync("leave_room", new { room });
        var back = (await ben.DoAsync("join_room", new { room })).GetProperty("room");

        Assert.Equal(until, back.GetProperty("mutedUntil").GetInt64());
        var told = await ana.Client.ExpectAsync<JsonElement>("member_muted");
        Assert.Equal((ben.Id, until), (told.GetProperty("person").GetString(), told.GetProperty("until").GetInt64()));
        Assert.Equal("muted", await ben.RefusedAsync("say", new { room, text = "x", key = "1" }));
        await _world.Server.AdvanceAsync(TimeSpan.FromMinutes(10));
        await ben.SayAsync(room, "Sorry");
    }

    [StoreFact]
    public async Task Who_is_muted_while_they_are_out_is_when_they_come()
    {
        var (ana, ben, room) = await TwoInAsync("private");
        await ben.DoAsync("leave_room", new { room });

        await ana.DoAsync("mute", new { room, person = ben.Id, until = InTenMinutes });
        await _world.Server.SettleAsync();
        Assert.DoesNotContain(await ben.Client.ReceivedAsync(), told => told.Name == "muted");
        await ana.DoAsync("invite", new { room, person = ben.Id });
        Assert.Equal("muted", await ben.RefusedAsync("say", new { room, text = "x", key = "1" }));

        await ana.DoAsync("mute", new { room, person = ben.Id, until = (long?)null });
        await ben.SayAsync(room, "Thanks");
    }

    [StoreFact]
    public async Task Mutes_of_the_first_version_of_the_tables_still_hold_and_go_with_their_room()
    {
        var (_, ben, room) = await TwoInAsync("public");
        foreach (var later in (string[])["room_mutes", "message_traces", "redactions"])
        {
            await _world.ExecuteAsync($"DROP TABLE {later}");
        }

        await _world.ExecuteAsync("ALTER TABLE members ADD COLUMN muted_until BIGINT");
        await _world.ExecuteAsync(
            "UPDATE members SET muted_until = @InTenMinutes WHERE room_id = @room AND account_id = @Id", new { InTenMinutes, room, ben.Id });
        await _world.ExecuteAsync("UPDATE chat_schema SET version = 1");

        _world = await _world.RestartAsync();
        var again = await _world.AgainAsync(ben);
        Assert.Equal("muted", await again.RefusedAsync("say", new { room, text = "x", key = "1" }));

        await (await _world.SignUpAsync("Root", SiteRole.Administrator)).DoAsync("delete_room", new { room });
        Assert.Equal(0, await _world.FindAsync<long>("SELECT count(*) FROM room_mutes"));
    }

    [StoreFact]
    public async Task A_removal_that_was_interrupted_is_finished_by_trying_again()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        _world.Fault.FailNext(nameof(IBroadcaster.LeaveAllAsync));

        Assert.Equal("unavailable", await ana.RefusedAsync("remove", new { room, person = ben.Id }));
        var (change, _) = await ana.ExpectChangeAsync("member");
        Assert.Equal(ben.Id, change.GetProperty("person").GetProperty("id").GetString());
        Assert.False(change.TryGetProperty("role", out _));
        await ben.Client.ExpectAsync("room_removed");
        await ana.DoAsync("remove", new { room, person = ben.Id });
        await ana.SayAsync(room, "Now we are among ourselves");

        await _world.Server.SettleAsync();
        Assert.DoesNotContain(await ben.Client.ReceivedAsync(), told => told.ToString().Contains("among ourselves", StringComparison.Ordinal));
        Assert.Equal(1, await _world.FindAsync<long>("SELECT count(*) FROM audit WHERE action = 'member.removed'"));
    }

    [StoreFact]
    public async Task Who_moderates_a_public_room_does_not_put_out_or_mute_those_who_look_after_the_site()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        await ana.DoAsync("set_role", new { room, person = ben.Id, role = "moderator" });
        var root = await _world.SignUpAsync("Root", SiteRole.Administrator);
        var mod = await _world.SignUpAsync("Mod", SiteRole.Moderator);
        await root.DoAsync("join_room", new { room });
        await mod.DoAsync("join_room", new { room });

        foreach (var person in (string[])[root.Id, mod.Id])
        {
            Assert.Equal("not_allowed", await ben.RefusedAsync("remove", new { room, person, ban = true }));
            Assert.Equal("not_allowed", await ben.RefusedAsync("mute", new { room, person, until = InTenMinutes }));
        }

        Assert.Equal("not_allowed", await ana.RefusedAsync("remove", new { room, person = root.Id }));
        await ana.DoAsync("remove", new { room, person = mod.Id, ban = true });
        await root.DoAsync("remove", new { room, person = ana.Id });
    }

    [StoreFact]
    public async Task A_moderator_of_the_site_does_not_take_back_their_own_ban_but_others_may()
    {
        var (ana, _, room) = await TwoInAsync("public");
        var mod = await _world.SignUpAsync("Mod", SiteRole.Moderator);
        await mod.DoAsync("join_room", new { room });
        await ana.DoAsync("remove", new { room, person = mod.Id, ban = true });

        Assert.Equal("not_allowed", await mod.RefusedAsync("invite", new { room, person = mod.Id }));
        Assert.Equal("not_allowed", await mod.RefusedAsync("join_room", new { room }));
        var other = await _world.SignUpAsync("Other", SiteRole.Moderator);
        await other.DoAsync("invite", new { room, person = mod.Id });
        await mod.DoAsync("enter", new { room });
    }

    private long InTenMinutes => _world.Server.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds();

    private async Task<(ChatPerson Ana, ChatPerson Ben, string Room)> TwoInAsync(string kind)
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var room = (await ana.DoAsync("create_room", new { name = "team", kind })).GetProperty("room").GetProperty("id").GetString()!;
        await ana.DoAsync("enter", new { room });
        await ana.DoAsync("invite", new { room, person = ben.Id });
        await ana.ExpectChangeAsync("member");
        await ben.DoAsync("enter", new { room });
        return (ana, ben, room);
    }
}
