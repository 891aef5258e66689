using System.Net;
using System.Text.Json;
using AkkaChat.Host.Tests.Support;

namespace AkkaChat.Host.Tests.Administration;

/// <summary>What administrators and moderators do by HTTP.</summary>
public sealed class AdministrationTests : IAsyncLifetime
{
    private ChatSite _site = null!;
    private Visitor _root = null!;
    private Visitor _mod = null!;
    private Visitor _ann = null!;

    public async Task InitializeAsync()
    {
        _site = await ChatSite.StartAsync(new() { ["Chat:Guests"] = "true" });
        _root = await _site.RegisterAsync("Root");
        _mod = await _site.RegisterAsync("Mod");
        _ann = await _site.RegisterAsync("Ann");
        (await ChangeAsync(_root, _mod, new { role = "moderator" })).IsOk();
    }

    public Task DisposeAsync() => _site.DisposeAsync().AsTask();

    [Fact]
    public async Task Only_administrators_see_the_site()
    {
        foreach (var path in (string[])["overview", "rooms", "audit"])
        {
            (await _root.GetAsync($"/api/admin/{path}")).IsOk();
            (await _mod.GetAsync($"/api/admin/{path}")).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
            (await _site.Visit().GetAsync($"/api/admin/{path}")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        }

        (await _mod.GetAsync("/api/admin/people")).IsOk();
        (await _ann.GetAsync("/api/admin/people")).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await ChangeAsync(_ann, _mod, new { banned = true })).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await _mod.DeleteAsync($"/api/admin/people/{_ann.Id}")).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
    }

    [Fact]
    public async Task The_overview_counts_and_lists_who_is_connected()
    {
        await using var first = await _site.ConnectAsync(_ann);
        await using var second = await _site.ConnectAsync(_ann);
        await using var third = await _site.ConnectAsync(_mod);

        var overview = (await _root.GetAsync("/api/admin/overview")).IsOk();

        Assert.Equal(3, overview.GetProperty("people").GetInt32());
        Assert.Equal(2, overview.GetProperty("online").GetInt32());
        Assert.Equal(1, overview.GetProperty("nodes").GetInt32());
        var connections = overview.GetProperty("connections").EnumerateArray().ToList();
        Assert.Equal(
            ["Ann", "Ann", "Mod"],
            connections.Select(connection => connection.GetProperty("person").GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(connections, connection => Assert.Equal("websocket", connection.GetProperty("transport").GetString()));
    }

    [Fact]
    public async Task People_are_found_by_any_part_of_their_names_and_page_by_page()
    {
        await using var socket = await _site.ConnectAsync(_ann);
        await _site.RegisterAsync("100% Zoë_");

        Assert.Equal(["Ann"], await NamesAsync("?query=NN"));
        Assert.Equal(["100% Zoë_"], await NamesAsync("?query=%25"));
        Assert.Equal(["100% Zoë_"], await NamesAsync("?query=_"));
        Assert.Empty(await NamesAsync("?query=%5C"));
        Assert.Equal(["100% Zoë_", "Ann", "Mod", "Root"], await NamesAsync(""));
        Assert.Equal(["Mod", "Root"], await NamesAsync($"?after={_ann.Id}"));
        var ann = (await _root.GetAsync("/api/admin/people?query=ann")).IsOk().GetProperty("people")[0];
        Assert.Equal(1, ann.GetProperty("connections").GetInt32());
        Assert.False(ann.TryGetProperty("bannedAt", out _));
    }

    [Fact]
    public async Task A_ban_ends_log_ins_and_sockets_until_it_is_lifted()
    {
        await using var socket = await _site.ConnectAsync(_ann);

        var person = (await ChangeAsync(_mod, _ann, new { banned = true, reason = "spam" })).IsOk().GetProperty("person");

        Assert.True(person.TryGetProperty("bannedAt", out _));
        Assert.Equal("banned", (await socket.ExpectAsync<JsonElement>("signed_out")).GetProperty("reason").GetString());
        await socket.ExpectDisconnectAsync();
        (await _ann.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        (await _site.Visit().PostAsync("/api/login", new { name = "Ann", password = ChatSite.Password }))
            .IsRefused(HttpStatusCode.Forbidden, "banned");

        (await ChangeAsync(_mod, _ann, new { banned = false })).IsOk();
        await _site.LogInAsync("Ann");
    }

    [Fact]
    public async Task Who_is_muted_is_told_until_when()
    {
        await using var socket = await _site.ConnectAsync(_ann);
        var until = _site.Clock.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();

        var muted = (await ChangeAsync(_mod, _ann, new { mutedUntil = until })).IsOk().GetProperty("person");
        Assert.Equal(until, muted.GetProperty("mutedUntil").GetInt64());
        Assert.Equal(until, (await socket.ExpectAsync<JsonElement>("muted")).GetProperty("until").GetInt64());

        var free = (await ChangeAsync(_mod, _ann, new { mutedUntil = (long?)null })).IsOk().GetProperty("person");
        Assert.False(free.TryGetProperty("mutedUntil", out _));
        Assert.Equal(JsonValueKind.Null, (await socket.ExpectAsync<JsonElement>("muted")).GetProperty("until").ValueKind);
        (await ChangeAsync(_mod, _ann, new { mutedUntil = "tomorrow" })).IsRefused(HttpStatusCode.BadRequest, "invalid");
        (await ChangeAsync(_mod, _ann, new { reason = "nothing" })).IsOk();
    }

    [Fact]
    public async Task A_moderator_bans_and_mutes_members_and_does_nothing_else()
    {
        var ben = await _site.RegisterAsync("Ben");
        (await ChangeAsync(_root, ben, new { role = "moderator" })).IsOk();

        (await ChangeAsync(_mod, _root, new { banned = true })).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await ChangeAsync(_mod, ben, new { mutedUntil = 4102444800000 })).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await ChangeAsync(_mod, _ann, new { role = "administrator" })).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await ChangeAsync(_mod, _mod, new { role = "administrator" })).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await ChangeAsync(_mod, _ann, new { password = "another password" })).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        await _site.LogInAsync("Ann");
    }

    [Fact]
    public async Task Everybody_is_told_of_a_new_role_and_it_holds_at_once()
    {
        await using var socket = await _site.ConnectAsync(_mod);

        (await ChangeAsync(_root, _ann, new { role = "administrator" })).IsOk();

        var told = (await socket.ExpectAsync<JsonElement>("people")).EnumerateArray().Single();
        Assert.Equal((_ann.Id, "administrator"), (told.GetProperty("id").GetString(), told.GetProperty("role").GetString()));
        Assert.False(told.TryGetProperty("guest", out _));
        (await _ann.GetAsync("/api/admin/overview")).IsOk();
        (await ChangeAsync(_root, _ann, new { role = "emperor" })).IsRefused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        (await ChangeAsync(_root, _root, new { role = "member" })).IsRefused(HttpStatusCode.Conflict, "conflict");
        (await ChangeAsync(_root, _root, new { banned = true })).IsRefused(HttpStatusCode.Conflict, "conflict");
        (await _root.DeleteAsync($"/api/admin/people/{_root.Id}")).IsRefused(HttpStatusCode.Conflict, "conflict");

        (await ChangeAsync(_root, _ann, new { role = "administrator" })).IsOk();
        (await ChangeAsync(_root, _ann, new { banned = true })).IsOk();
        (await ChangeAsync(_root, _root, new { role = "member" })).IsRefused(HttpStatusCode.Conflict, "conflict");
        (await ChangeAsync(_root, _ann, new { banned = false })).IsOk();

        var ann = await _site.LogInAsync("Ann");
        var answers = await Task.WhenAll(
            ChangeAsync(_root, ann, new { role = "member" }), ChangeAsync(ann, _root, new { role = "member" }));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_new_password_ends_the_old_log_ins()
    {
        await using var socket = await _site.ConnectAsync(_ann);

        (await ChangeAsync(_root, _ann, new { password = "short" })).IsRefused(HttpStatusCode.BadRequest, "password_weak");
        (await ChangeAsync(_root, _ann, new { password = "another password" })).IsOk();

        await socket.ExpectDisconnectAsync();
        (await _ann.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        (await _site.Visit().PostAsync("/api/login", new { name = "Ann", password = "another password" })).IsOk();
    }

    [Fact]
    public async Task A_removed_account_is_gone_and_its_name_is_free()
    {
        await using var socket = await _site.ConnectAsync(_ann);
        await using var other = await _site.ConnectAsync(_mod);

        (await _root.DeleteAsync($"/api/admin/people/{_ann.Id}")).IsOk();

        Assert.Equal("removed", (await socket.ExpectAsync<JsonElement>("signed_out")).GetProperty("reason").GetString());
        var told = (await other.ExpectAsync<JsonElement>("people")).EnumerateArray().Single();
        Assert.True(told.GetProperty("removed").GetBoolean());
        Assert.NotEqual("Ann", told.GetProperty("name").GetString());
        (await _ann.GetAsync("/api/tokens")).IsRefused(HttpStatusCode.Unauthorized, "not_signed_in");
        (await ChangeAsync(_root, _ann, new { banned = true })).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await _site.Visit().PostAsync("/api/login", new { name = "Ann", password = ChatSite.Password }))
            .IsRefused(HttpStatusCode.Unauthorized, "wrong_credentials");
        Assert.DoesNotContain("Ann", await NamesAsync(""));
        Assert.NotEqual(_ann.Id, (await _site.RegisterAsync("Ann")).Id);
    }

    [Fact]
    public async Task A_removal_that_was_interrupted_is_finished_by_trying_again()
    {
        foreach (var room in (string[])["r1", "r2"])
        {
            await _site.ExecuteAsync("INSERT INTO rooms (id, kind, name, topic, created_by, created_at) VALUES (@room, 'private', 'Plans', '', 'x', 5)", new { room });
            await _site.ExecuteAsync("INSERT INTO members (room_id, account_id, role, joined_at) VALUES (@room, @Id, 'member', 0)", new { room, _ann.Id });
        }

        _site.Fault.FailNext(nameof(IBroadcaster.LeaveAllAsync));
        (await _root.DeleteAsync($"/api/admin/people/{_ann.Id}")).IsRefused(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(1, await CountMembershipsAsync());

        (await _root.DeleteAsync($"/api/admin/people/{_ann.Id}")).IsOk();
        Assert.Equal(0, await CountMembershipsAsync());
        (await _mod.DeleteAsync($"/api/admin/people/{_ann.Id}")).IsRefused(HttpStatusCode.Forbidden, "not_allowed");
        (await _root.DeleteAsync("/api/admin/people/nobody")).IsRefused(HttpStatusCode.NotFound, "not_found");
        var entries = (await _root.GetAsync("/api/admin/audit")).IsOk().GetProperty("entries").EnumerateArray();
        Assert.Single(entries, entry => entry.GetProperty("action").GetString() == "person.removed");

        Task<long> CountMembershipsAsync() => _site.Database.ReadAsync(session => session.FindAsync<long>(
            "SELECT count(*) FROM members WHERE account_id = @Id", new { _ann.Id }));
    }

    [Fact]
    public async Task A_guest_gets_no_role_and_no_password()
    {
        var guest = _site.Visit();
        await guest.EnterAsync("/api/guest", new { name = "Gus" });

        (await ChangeAsync(_root, guest, new { role = "moderator" })).IsRefused(HttpStatusCode.BadRequest, "invalid");
        (await ChangeAsync(_root, guest, new { password = "another password" })).IsRefused(HttpStatusCode.BadRequest, "invalid");
        (await ChangeAsync(_mod, guest, new { banned = true })).IsOk();
    }

    [Fact]
    public async Task Every_action_is_in_the_audit_log_and_no_refused_one()
    {
        var until = new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        (await ChangeAsync(_mod, _ann, new { banned = true, mutedUntil = until, reason = " spam\n" })).IsOk();
        (await ChangeAsync(_mod, _ann, new { banned = false, mutedUntil = (long?)null })).IsOk();
        (await ChangeAsync(_mod, _ann, new { banned = false })).IsOk();
        (await ChangeAsync(_root, _ann, new { password = "another password" })).IsOk();
        await ChangeAsync(_root, _root, new { role = "member" });
        (await _root.DeleteAsync($"/api/admin/people/{_ann.Id}")).IsOk();

        var entries = (await _root.GetAsync("/api/admin/audit")).IsOk().GetProperty("entries").EnumerateArray().ToList();

        Assert.Equal(
            [
                "Root person.removed Ann ",
                "Root person.password Ann ",
                "Mod person.unmuted Ann ",
                "Mod person.unbanned Ann ",
                "Mod person.muted Ann until 2026-02-01 12:00:00Z: spam",
                "Mod person.banned Ann spam",
                "Root person.role Mod member -> moderator",
            ],
            entries.Select(Line));
        var page = (await _root.GetAsync($"/api/admin/audit?before={entries[4].GetProperty("id").GetInt64()}")).IsOk();
        Assert.Equal(2, page.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task Rooms_are_listed_with_how_much_is_in_them_but_not_what()
    {
        await _site.ExecuteAsync("INSERT INTO rooms (id, kind, name, topic, created_by, created_at, archived_at) VALUES ('r', 'private', 'Plans', 't', 'x', 5, 6)");
        await _site.ExecuteAsync("INSERT INTO members (room_id, account_id, role, joined_at) VALUES ('r', @Id, 'owner', 0)", new { _ann.Id });

        var room = (await _root.GetAsync("/api/admin/rooms")).IsOk().GetProperty("rooms").EnumerateArray().Single();

        Assert.Equal(("Plans", 1, 0), (room.GetProperty("name").GetString(), room.GetProperty("members").GetInt32(), room.GetProperty("messages").GetInt32()));
        Assert.True(room.GetProperty("archived").GetBoolean());
    }

    private static string Line(JsonElement entry)
    {
        var details = entry.TryGetProperty("details", out var given) ? given.GetString() : "";
        return $"{entry.GetProperty("actor").GetProperty("name")} {entry.GetProperty("action")} {entry.GetProperty("target")} {details}";
    }

    private static Task<Answer> ChangeAsync(Visitor actor, Visitor target, object change) =>
        actor.PostAsync($"/api/admin/people/{target.Id}", change);

    private async Task<string[]> NamesAsync(string query) =>
    [
        .. (await _root.GetAsync($"/api/admin/people{query}")).IsOk().GetProperty("people").EnumerateArray()
            .Select(person => person.GetProperty("name").GetString()!),
    ];
}
