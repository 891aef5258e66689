using System.Text.Json;
using AkkaChat.Host.Accounts;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>What people do with rooms and with each other in them, by what their programs see.</summary>
public abstract class RoomTests : IAsyncLifetime
{
    private ChatWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task Everybody_begins_in_the_lobby_and_who_has_left_it_is_not_put_back()
    {
        var ana = await _world.SignUpAsync("Ana");
        await ana.DoAsync("leave_room", new { room = ana.Room("lobby") });

        var again = await _world.AgainAsync(ana);

        Assert.Empty(again.Welcome.GetProperty("rooms").EnumerateArray());
    }

    [StoreFact]
    public async Task A_public_room_is_in_the_directory_and_open_to_all()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");

        var room = await CreateAsync(ana, "Ideas", "public");
        Assert.Equal("Ideas", (await ben.Client.ExpectAsync<JsonElement>("room_listed")).GetProperty("name").GetString());
        var listed = (await ben.DoAsync("rooms", new { })).GetProperty("rooms").EnumerateArray();
        Assert.Equal(["Ideas 1", "lobby 2"], listed.Select(one => $"{one.GetProperty("name").GetString()} {one.GetProperty("members").GetInt32()}"));

        var phone = await _world.AgainAsync(ben);
        await ben.DoAsync("join_room", new { room });
        Assert.Equal(room, (await phone.Client.ExpectAsync<JsonElement>("room_added")).GetProperty("id").GetString());
        await ben.DoAsync("enter", new { room });
        await ana.DoAsync("enter", new { room });
        await ben.SayAsync(room, "Here I am");
        Assert.Equal("Here I am", (await ana.ExpectChangeAsync("message")).Change.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal("conflict", await ben.RefusedAsync("create_room", new { name = " IDEAS", kind = "public" }));
    }

    [StoreFact]
    public async Task Nobody_learns_of_a_private_room_but_who_is_invited()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var eve = await _world.SignUpAsync("Eve", SiteRole.Administrator);
        var room = await CreateAsync(ana, "board", "private");

        foreach (var what in (string[])["join_room", "enter", "history", "typing"])
        {
            Assert.Equal("not_found", await eve.RefusedAsync(what, new { room }));
        }

        Assert.Equal("not_found", await eve.RefusedAsync("say", new { room, text = "x", key = "1" }));
        Assert.Equal("not_found", await eve.RefusedAsync("invite", new { room, person = eve.Id }));
        Assert.Equal("not_found", await eve.RefusedAsync("remove", new { room, person = ana.Id }));

        await ana.DoAsync("invite", new { room, person = ben.Id });
        Assert.Equal("board", (await ben.Client.ExpectAsync<JsonElement>("room_added")).GetProperty("name").GetString());
        await ben.DoAsync("enter", new { room });
        await ben.SayAsync(room, "Thanks");
        Assert.Equal("Thanks", await ana.TextsAsync(room));
    }

    [StoreFact]
    public async Task Two_people_have_one_direct_room_whoever_opens_it()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var eve = await _world.SignUpAsync("Eve");

        var opened = (await ana.DoAsync("direct", new { person = ben.Id })).GetProperty("room");
        var same = (await ben.DoAsync("direct", new { person = ana.Id })).GetProperty("room");

        Assert.Equal(opened.GetProperty("id").GetString(), same.GetProperty("id").GetString());
        Assert.Equal(("Ben", "Ana"), (OtherOf(opened), OtherOf(same)));
        var room = opened.GetProperty("id").GetString()!;
        await ben.DoAsync("enter", new { room });
        await ana.SayAsync(room, "Between us");
        Assert.Equal("Between us", (await ben.ExpectChangeAsync("message")).Change.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal("not_allowed", await ana.RefusedAsync("invite", new { room, person = eve.Id }));
        Assert.Equal("not_allowed", await ana.RefusedAsync("leave_room", new { room }));
        Assert.Equal("not_found", await eve.RefusedAsync("history", new { room }));
        Assert.Equal("not_found", await ana.RefusedAsync("direct", new { person = ana.Id }));
    }

    [StoreFact]
    public async Task Who_is_put_out_hears_nothing_more_on_any_device_and_can_be_kept_out()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        var phone = await _world.AgainAsync(ben);
        await phone.DoAsync("enter", new { room });

        await ana.DoAsync("remove", new { room, person = ben.Id, ban = true, reason = "Shouting" });
        Assert.Equal("removed", (await ben.Client.ExpectAsync<JsonElement>("room_removed")).GetProperty("reason").GetString());
        Assert.Equal("removed", (await phone.Client.ExpectAsync<JsonElement>("room_removed")).GetProperty("reason").GetString());
        await ana.SayAsync(room, "Now we are among ourselves");

        await _world.Server.SettleAsync();
        Assert.DoesNotContain(await phone.Client.ReceivedAsync(), told => told.ToString().Contains("among ourselves", StringComparison.Ordinal));
        Assert.Equal("not_allowed", await ben.RefusedAsync("say", new { room, text = "x", key = "1" }));
        Assert.Equal("not_allowed", await ben.RefusedAsync("enter", new { room }));
        Assert.Equal("not_allowed", await ben.RefusedAsync("join_room", new { room }));
        Assert.Equal("Shouting", await _world.FindAsync<string>("SELECT details FROM audit WHERE action = 'member.banned'"));

        await ana.DoAsync("invite", new { room, person = ben.Id });
        await ben.DoAsync("enter", new { room });
    }

    [StoreFact]
    public async Task Who_is_muted_reads_but_does_not_write_until_the_time_is_over()
    {
        var (ana, ben, room) = await TwoInAsync("private");
        var until = _world.Server.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds();

        await ana.DoAsync("mute", new { room, person = ben.Id, until });
        Assert.Equal(until, (await ben.Client.ExpectAsync<JsonElement>("muted")).GetProperty("until").GetInt64());
        Assert.Equal("muted", await ben.RefusedAsync("say", new { room, text = "x", key = "1" }));
        await ben.DoAsync("history", new { room });
        await _world.Server.AdvanceAsync(TimeSpan.FromMinutes(11));
        await ben.SayAsync(room, "Sorry");
    }

    [StoreFact]
    public async Task A_room_is_told_who_of_it_is_muted_and_who_comes_in_learns_it_too()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        var until = _world.Server.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds();

        await ana.DoAsync("mute", new { room, person = ben.Id, until });
        var told = await ana.Client.ExpectAsync<JsonElement>("member_muted");
        Assert.Equal((room, ben.Id, until), (told.GetProperty("room").GetString(), told.GetProperty("person").GetString(), told.GetProperty("until").GetInt64()));
        Assert.Equal(until, await MutedUntilAsync());

        await ana.DoAsync("mute", new { room, person = ben.Id, until = 1 });
        Assert.Equal(JsonValueKind.Null, (await ana.Client.ExpectAsync<JsonElement>("member_muted")).GetProperty("until").ValueKind);
        Assert.Null(await MutedUntilAsync());
        await ana.DoAsync("mute", new { room, person = ben.Id, until });
        await _world.Server.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Null(await MutedUntilAsync());

        async Task<long?> MutedUntilAsync()
        {
            var members = (await ana.DoAsync("enter", new { room })).GetProperty("members").EnumerateArray();
            var member = members.Single(one => one.GetProperty("id").GetString() == ben.Id);
            return member.TryGetProperty("mutedUntil", out var time) ? time.GetInt64() : null;
        }
    }

    [StoreFact]
    public async Task Rank_decides_who_may_do_what_to_whom()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        var cem = await _world.SignUpAsync("Cem");
        await cem.DoAsync("join_room", new { room });

        Assert.Equal("not_allowed", await ben.RefusedAsync("remove", new { room, person = cem.Id }));
        Assert.Equal("not_allowed", await ben.RefusedAsync("change_room", new { room, topic = "Mine" }));
        Assert.Equal("not_allowed", await ben.RefusedAsync("set_role", new { room, person = ben.Id, role = "owner" }));
        await ana.DoAsync("set_role", new { room, person = ben.Id, role = "moderator" });
        await ben.DoAsync("change_room", new { room, topic = "Ours" });
        Assert.Equal("not_allowed", await ben.RefusedAsync("remove", new { room, person = ana.Id }));
        Assert.Equal("not_allowed", await ben.RefusedAsync("change_room", new { room, archived = true }));
        await ben.DoAsync("remove", new { room, person = cem.Id });
        Assert.Equal("conflict", await ana.RefusedAsync("set_role", new { room, person = ana.Id, role = "member" }));

        var moderator = await _world.SignUpAsync("Mo", SiteRole.Moderator);
        await cem.DoAsync("join_room", new { room });
        await moderator.DoAsync("remove", new { room, person = cem.Id });
        Assert.Equal("not_allowed", await moderator.RefusedAsync("remove", new { room, person = ben.Id }));
        Assert.Equal("not_allowed", await moderator.RefusedAsync("history", new { room }));
    }

    [StoreFact]
    public async Task An_owner_who_leaves_is_succeeded()
    {
        var (ana, ben, room) = await TwoInAsync("private");
        await ana.DoAsync("leave_room", new { room });

        await ben.DoAsync("change_room", new { room, archived = true });
        Assert.Equal("archived", await ben.RefusedAsync("say", new { room, text = "x", key = "1" }));
        await ben.DoAsync("change_room", new { room, archived = false });
        await ben.SayAsync(room, "Open again");
    }

    [StoreFact]
    public async Task A_deleted_room_is_gone_for_all()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        await ben.SayAsync(room, "Soon gone");
        await ana.DoAsync("delete_room", new { room });

        Assert.Equal("deleted", (await ben.Client.ExpectAsync<JsonElement>("room_removed")).GetProperty("reason").GetString());
        Assert.Equal("not_found", await ben.RefusedAsync("history", new { room }));
        Assert.Equal(0, await _world.FindAsync<long>($"SELECT count(*) FROM messages WHERE room_id = '{room}'"));
        await CreateAsync(ana, "team", "public");
    }

    [StoreFact]
    public async Task Guests_talk_in_public_rooms_and_do_nothing_else()
    {
        var ana = await _world.SignUpAsync("Ana");
        var guest = await _world.SignUpAsync("Gus", isGuest: true);
        var room = guest.Room("lobby");

        await guest.DoAsync("enter", new { room });
        await guest.SayAsync(room, "Hello");
        Assert.Equal("not_allowed", await guest.RefusedAsync("create_room", new { name = "mine", kind = "public" }));
        Assert.Equal("not_allowed", await guest.RefusedAsync("direct", new { person = ana.Id }));
        Assert.Equal("not_allowed", await guest.RefusedAsync("invite", new { room, person = ana.Id }));
    }

    [StoreFact]
    public async Task Who_is_online_is_told_for_all_devices_of_a_person()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");

        var presence = _world.Server.Io.PresenceOf("everybody");
        Assert.Equal([ana.Id, ben.Id], (await presence.ReadAsync()).Select(present => present.Key));
        var phone = await _world.AgainAsync(ben);
        await ben.Client.DisconnectAsync();
        Assert.Equal([ana.Id, ben.Id], (await presence.ReadAsync()).Select(present => present.Key));
        await phone.DoAsync("away", new { away = true });
        Assert.Contains("away", string.Join(' ', (await presence.ReadAsync())[1].Metas), StringComparison.Ordinal);
        await phone.Client.DisconnectAsync();
        Assert.Equal([ana.Id], (await presence.ReadAsync()).Select(present => present.Key));
    }

    private static string? OtherOf(JsonElement room) => room.GetProperty("other").GetProperty("name").GetString();

    private static async Task<string> CreateAsync(ChatPerson person, string name, string kind) =>
        (await person.DoAsync("create_room", new { name, kind })).GetProperty("room").GetProperty("id").GetString()!;

    private async Task<(ChatPerson Ana, ChatPerson Ben, string Room)> TwoInAsync(string kind)
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var room = await CreateAsync(ana, "team", kind);
        await ana.DoAsync("enter", new { room });
        await ana.DoAsync("invite", new { room, person = ben.Id });
        await ben.DoAsync("enter", new { room });
        return (ana, ben, room);
    }
}
