using System.Text.Json;
using AkkaChat.Host.Accounts;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>How many rooms a person can be in, and what happens to rooms that two change at the same moment.</summary>
public abstract class RoomLimitTests : IAsyncLifetime
{
    private ChatWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task Nobody_is_invited_beyond_what_they_could_join_and_the_refusal_names_them()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        await FillAsync(ben, "private", 199);
        var room = await CreateAsync(ana, "team");

        var refused = await ana.Client.CallAsync<JsonElement>("invite", new { room, person = ben.Id });

        Assert.Equal("too_many", refused.GetProperty("code").GetString());
        Assert.Contains("Ben", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("too_many", await ben.RefusedAsync("join_room", new { room }));
        await ben.DoAsync("join_room", new { room = ben.Room("lobby") });
        await ana.DoAsync("invite", new { room = ana.Room("lobby"), person = ben.Id });
        await ben.DoAsync("leave_room", new { room = ben.Room("lobby") });
        await ana.DoAsync("invite", new { room, person = ben.Id });
    }

    [StoreFact]
    public async Task Direct_rooms_do_not_count_among_the_others_and_each_begins_only_so_many()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var cem = await _world.SignUpAsync("Cem");
        await FillAsync(ana, "direct", 499);

        await CreateAsync(ana, "team");
        await ana.DoAsync("direct", new { person = ben.Id });
        Assert.Equal("too_many", await ana.RefusedAsync("direct", new { person = cem.Id }));
        await ana.DoAsync("direct", new { person = ben.Id });
        await cem.DoAsync("direct", new { person = ana.Id });
        await ana.DoAsync("direct", new { person = cem.Id });
    }

    [StoreFact]
    public async Task Nobody_gets_into_more_rooms_by_asking_for_many_at_the_same_moment()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var devices = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _world.AgainAsync(ana)));
        var open = new List<string>();
        for (var number = 0; number < 12; number++)
        {
            open.Add(await CreateAsync(ben, $"team {number}"));
        }

        await FillAsync(ana, "private", 196);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => (number % 3) switch
        {
            0 => devices[number % 4].Client.CallAsync<JsonElement>("join_room", new { room = open[number] }),
            1 => devices[number % 4].Client.CallAsync<JsonElement>("create_room", new { name = $"mine {number}", kind = "public" }),
            _ => ben.Client.CallAsync<JsonElement>("invite", new { room = open[number], person = ana.Id }),
        }));

        Assert.Equal(200, await _world.FindAsync<long>("SELECT count(*) FROM members WHERE account_id = 'ID-ANA'"));
        Assert.Equal("too_many", await ana.RefusedAsync("create_room", new { name = "one more", kind = "private" }));
    }

    [StoreFact]
    public async Task Others_begin_conversations_with_somebody_only_as_long_as_they_look_at_them_or_answer()
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var eve = await _world.SignUpAsync("Eve");
        await BesiegeAsync(ana, 100);

        Assert.Equal("too_many", await ben.RefusedAsync("direct", new { person = ana.Id }));
        await (await _world.SignUpAsync("Mod", SiteRole.Moderator)).DoAsync("direct", new { person = ana.Id });
        await ana.DoAsync("direct", new { person = ben.Id });
        await ben.DoAsync("direct", new { person = ana.Id });

        await ana.DoAsync("read", new { room = "spam-1", to = 1 });
        await ana.SayAsync("spam-2", "Who are you?");
        await ana.DoAsync("history", new { room = "spam-2" });
        await eve.DoAsync("direct", new { person = ana.Id });
        var gil = await _world.SignUpAsync("Gil");
        Assert.Equal("too_many", await gil.RefusedAsync("direct", new { person = ana.Id }));
        await _world.ExecuteAsync("UPDATE accounts SET banned_at = 1 WHERE id = 'SPAMMER-3'");
        await gil.DoAsync("direct", new { person = ana.Id });
    }

    [StoreFact]
    public async Task A_room_that_is_renamed_and_archived_at_the_same_moment_is_both()
    {
        var ana = await _world.SignUpAsync("Ana");
        var phone = await _world.AgainAsync(ana);
        var room = await CreateAsync(ana, "team");
        for (var round = 0; round < 10; round++)
        {
            await ana.DoAsync("change_room", new { room, archived = false });

            await Task.WhenAll(
                ana.DoAsync("change_room", new { room, archived = true }),
                phone.DoAsync("change_room", new { room, name = $"team {round}", topic = $"Round {round}" }));

            var shown = (await ana.DoAsync("change_room", new { room })).GetProperty("room");
            Assert.True(shown.GetProperty("archived").GetBoolean());
            Assert.Equal(($"team {round}", $"Round {round}"), (shown.GetProperty("name").GetString(), shown.GetProperty("topic").GetString()));
        }

        await CreateAsync(ana, "team");
        Assert.Equal("conflict", await ana.RefusedAsync("create_room", new { name = "TEAM 9", kind = "public" }));
    }

    private static async Task<string> CreateAsync(ChatPerson person, string name) =>
        (await person.DoAsync("create_room", new { name, kind = "public" })).GetProperty("room").GetProperty("id").GetString()!;

    /// <summary>Makes somebody a member of that many more rooms, which they have made themselves.</summary>
    private async Task FillAsync(ChatPerson person, string kind, int count)
    {
        await _world.ExecuteAsync(
            "INSERT INTO rooms (id, kind, name, topic, created_by, created_at) VALUES (@Room, @kind, '', '', @Id, 0)",
            Enumerable.Range(0, count).Select(number => new { Room = $"full-{number}", kind, person.Id }));
        await _world.ExecuteAsync(
            "INSERT INTO members (room_id, account_id, role, joined_at) VALUES (@Room, @Id, 'member', 0)",
            Enumerable.Range(0, count).Select(number => new { Room = $"full-{number}", person.Id }));
    }

    /// <summary>That many others begin a conversation with somebody.</summary>
    private async Task BesiegeAsync(ChatPerson person, int count)
    {
        var others = Enumerable.Range(0, count).Select(number => new { Other = $"SPAMMER-{number}", Room = $"spam-{number}", person.Id }).ToList();
        await _world.ExecuteAsync(
            "INSERT INTO accounts (id, name, name_key, role, created_at) VALUES (@Other, @Other, @Other, 'member', 0)", others);
        await _world.ExecuteAsync(
            "INSERT INTO rooms (id, kind, name, topic, created_by, created_at) VALUES (@Room, 'direct', '', '', @Other, 0)", others);
        foreach (var member in (string[])["@Id", "@Other"])
        {
            await _world.ExecuteAsync(
                $"INSERT INTO members (room_id, account_id, role, joined_at) VALUES (@Room, {member}, 'member', 0)", others);
        }
    }
}
