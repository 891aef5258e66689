using System.Data.Common;
using System.Text.Json;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Rooms;
using AkkaChat.Host.Storage;
using AkkaChat.Host.Tests.Chat;
using AkkaChat.Host.Transfer;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Host.Tests.Transfer;

/// <summary>Rooms go out as files and come in, here and elsewhere.</summary>
public sealed class RoomTransferTests : IAsyncLifetime
{
    private ChatWorld _world = null!;

    public async Task InitializeAsync() => _world = await ChatWorld.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task What_was_exported_reads_the_same_after_an_import_on_another_server()
    {
        var (ana, room) = await TalkAsync();
        var json = await ExportAsync(room);

        await using var elsewhere = await ChatWorld.StartAsync();
        var cem = await elsewhere.SignUpAsync("Cem");
        var mine = await ImportAsync(elsewhere, json, cem);

        Assert.Equal(("team", "Our work"), (mine.Name, mine.Topic));
        var (here, there) = (await ReadAsync(ana, room), await ReadAsync(cem, mine.Id));
        Assert.Equal(here, there);
        Assert.Contains("Yes < Shall we?", there, StringComparison.Ordinal);
        Assert.Contains("🎉 1", there, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_same_server_people_are_known_by_their_ids_and_the_room_gets_another_name()
    {
        var (ana, room) = await TalkAsync();
        var admin = await _world.SignUpAsync("Admin");

        var mine = await ImportAsync(_world, await ExportAsync(room), admin);

        Assert.Equal("team (2)", mine.Name);
        await ana.Client.ExpectAsync("room_added");
        Assert.Equal("team (2)", (await ana.Client.ExpectAsync<JsonElement>("room_added")).GetProperty("name").GetString());
        Assert.Equal(await ReadAsync(ana, room), await ReadAsync(ana, mine.Id));
        Assert.Equal(3, await _world.FindAsync<long>("SELECT count(*) FROM accounts"));
    }

    [Fact]
    public async Task A_name_that_somebody_has_here_is_not_taken_for_theirs()
    {
        var (_, room) = await TalkAsync();
        var json = await ExportAsync(room);
        await using var elsewhere = await ChatWorld.StartAsync();
        var cem = await elsewhere.SignUpAsync("Cem");
        await elsewhere.ExecuteAsync("INSERT INTO accounts (id, name, name_key, role, created_at) VALUES ('other', 'ana', 'ANA', 'member', 0)");

        await ImportAsync(elsewhere, json, cem);

        Assert.Equal(1, await elsewhere.FindAsync<long>("SELECT count(*) FROM accounts WHERE name = 'Ana (2)'"));
        Assert.Equal(0, await elsewhere.FindAsync<long>("SELECT count(*) FROM messages WHERE author_id = 'other'"));
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2")]
    [InlineData("\"kind\":\"public\"", "\"kind\":\"direct\"")]
    [InlineData("\"by\":\"ID-ANA\"", "\"by\":\"nobody\"")]
    [InlineData("\\uD83C\\uDF89", "<script>")]
    [InlineData("Shall we?", "Shall\\u0000 we?")]
    public async Task A_damaged_archive_is_refused_as_a_whole(string sound, string damaged)
    {
        var (ana, room) = await TalkAsync();
        var exported = await ExportAsync(room);
        Assert.Contains(sound, exported, StringComparison.Ordinal);
        var json = exported.Replace(sound, damaged, StringComparison.Ordinal);

        await Assert.ThrowsAsync<ChatRefusal>(() => ImportAsync(_world, json, ana));
        Assert.Equal(2, await _world.FindAsync<long>("SELECT count(*) FROM rooms"));
    }

    [Fact]
    public async Task An_export_calls_removed_people_what_everybody_sees()
    {
        var (_, room) = await TalkAsync();
        await _world.ExecuteAsync("UPDATE accounts SET removed_at = 1 WHERE name = 'Ben'");

        var json = await ExportAsync(room);

        Assert.DoesNotContain("\"Ben\"", json, StringComparison.Ordinal);
        Assert.Contains("\"removed person\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_room_is_nobodys_but_the_importers_until_all_of_it_is_there()
    {
        var (_, room) = await TalkAsync();
        var admin = await _world.SignUpAsync("Admin");
        await _world.ExecuteAsync("CREATE TABLE seen (what TEXT)");
        await _world.ExecuteAsync(
            """
            CREATE TRIGGER look AFTER INSERT ON messages BEGIN
                INSERT INTO seen SELECT kind || coalesce(unique_key, '') FROM rooms WHERE id = new.room_id;
            END
            """);

        var mine = await ImportAsync(_world, await ExportAsync(room), admin);

        Assert.Equal("private", await _world.FindAsync<string>("SELECT group_concat(DISTINCT what) FROM seen"));
        Assert.Equal("public", mine.Kind);
        Assert.Equal("public:TEAM (2)", await _world.FindAsync<string>("SELECT unique_key FROM rooms ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task Of_a_room_that_could_not_be_imported_as_a_whole_nothing_is_left()
    {
        var (_, room) = await TalkAsync();
        var admin = await _world.SignUpAsync("Admin");
        await _world.ExecuteAsync(
            "CREATE TRIGGER full BEFORE INSERT ON members WHEN new.account_id = 'ID-BEN' BEGIN SELECT RAISE(ABORT, 'full'); END");

        var json = await ExportAsync(room);
        await Assert.ThrowsAnyAsync<DbException>(() => ImportAsync(_world, json, admin));

        Assert.Equal(2, await _world.FindAsync<long>("SELECT count(*) FROM rooms"));
        Assert.Equal(0, await _world.FindAsync<long>("SELECT count(*) FROM messages WHERE room_id NOT IN (SELECT id FROM rooms)"));
    }

    private async Task<(ChatPerson Ana, string Room)> TalkAsync()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var created = await ana.DoAsync("create_room", new { name = "team", kind = "public", topic = "Our work" });
        var room = created.GetProperty("room").GetProperty("id").GetString()!;
        await ana.DoAsync("invite", new { room, person = ben.Id });
        var id = (await ana.SayAsync(room, "Shall we?")).GetProperty("id").GetInt64();
        await ben.DoAsync("react", new { room, id, emoji = "🎉", on = true });
        await ben.DoAsync("say", new { room, text = "Yes", key = "1", replyTo = id });
        var typo = (await ben.SayAsync(room, "tomorow")).GetProperty("id").GetInt64();
        await ben.DoAsync("edit", new { room, id = typo, text = "tomorrow" });
        await ben.DoAsync("delete", new { room, id = (await ben.SayAsync(room, "oops")).GetProperty("id").GetInt64() });
        return (ana, room);
    }

    private async Task<string> ExportAsync(string room)
    {
        var services = _world.Server.Services;
        var row = await services.GetRequiredService<RoomStore>().FindAsync(room);
        using var stream = new MemoryStream();
        await JsonSerializer.SerializeAsync(stream, await services.GetRequiredService<RoomExport>().ExportAsync(row!), ChatJson.Options);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<MyRoom> ImportAsync(ChatWorld world, string json, ChatPerson importer) =>
        await world.Server.Services.GetRequiredService<RoomImport>().ImportAsync(
            JsonSerializer.Deserialize<RoomArchive<List<ArchivedMessage>>>(json, ChatJson.Options)!, importer.Id);

    /// <summary>What a reader sees of the room, without ids, which differ from server to server.</summary>
    private static async Task<string> ReadAsync(ChatPerson reader, string room)
    {
        var page = await reader.DoAsync("history", new { room, limit = 100 });
        return string.Join('\n', page.GetProperty("messages").EnumerateArray().Select(Line));
    }

    private static string Line(JsonElement message)
    {
        var line = $"{message.GetProperty("at")} {message.GetProperty("text")}";
        line += message.TryGetProperty("replyTo", out var quote) ? $" < {quote.GetProperty("text")}" : "";
        line += message.TryGetProperty("reactions", out var kinds)
            ? string.Concat(kinds.EnumerateArray().Select(kind => $" {kind.GetProperty("emoji")} {kind.GetProperty("by").GetArrayLength()}"))
            : "";
        line += message.TryGetProperty("notice", out var notice) ? $" ({notice.GetProperty("what")})" : "";
        return line + (message.TryGetProperty("editedAt", out _) ? " edited" : "") + (message.TryGetProperty("deletedAt", out _) ? " deleted" : "");
    }
}
