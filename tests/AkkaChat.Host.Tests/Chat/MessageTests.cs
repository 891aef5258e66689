using System.Text.Json;
using AkkaChat.Host.Messages;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>What people do with messages, by what their programs see.</summary>
public abstract class MessageTests : IAsyncLifetime
{
    private ChatWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task What_is_said_is_told_to_all_in_the_room_and_stands_in_its_history()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();

        var said = await ana.SayAsync(room, "Good morning");
        var (change, offset) = await ben.ExpectChangeAsync("message");

        Assert.Equal("Good morning", change.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(ana.Id, change.GetProperty("message").GetProperty("by").GetString());
        Assert.Equal(said.GetProperty("id").GetInt64(), offset);
        Assert.Equal("Good morning", await ben.TextsAsync(room));
    }

    [StoreFact]
    public async Task A_message_sent_again_with_its_key_stands_there_once_and_is_answered_with_the_same_id()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();

        var first = await ana.SayAsync(room, "Once", "key-1");
        var again = await ana.SayAsync(room, "Once", "key-1");
        await ben.SayAsync(room, "Another's key is another key", "key-1");

        Assert.Equal(first.GetProperty("id").GetInt64(), again.GetProperty("id").GetInt64());
        Assert.Equal("Once|Another's key is another key", await ana.TextsAsync(room));
    }

    [StoreFact]
    public async Task Texts_have_limits_and_messages_a_key()
    {
        var (ana, _, room) = await TwoInLobbyAsync();

        Assert.Equal("invalid", await ana.RefusedAsync("say", new { room, text = " ", key = "1" }));
        Assert.Equal("invalid", await ana.RefusedAsync("say", new { room, text = new string('x', 4001), key = "1" }));
        Assert.Equal("invalid", await ana.RefusedAsync("say", new { room, text = "x" }));
        Assert.Equal("invalid", await ana.RefusedAsync("say", new { room, text = "x", key = new string('k', 65) }));
        Assert.Equal("not_found", await ana.RefusedAsync("say", new { room = "nowhere", text = "x", key = "1" }));
        Assert.Equal("not_found", await ana.RefusedAsync("say", new { text = "x", key = "1" }));
    }

    [StoreFact]
    public async Task What_not_every_database_keeps_is_refused_in_words_and_does_no_harm()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var id = (await ana.SayAsync(room, "before")).GetProperty("id").GetInt64();

        Assert.Equal("invalid", await ana.RefusedAsync("say", new { room, text = "a\0", key = "1" }));
        Assert.Equal("invalid", await ana.RefusedAsync("say", new { room, text = "a", key = "1\0" }));
        Assert.Equal("invalid", await ana.RefusedAsync("edit", new { room, id, text = "a\0" }));
        Assert.Equal("invalid", await ana.RefusedAsync("change_room", new { room, topic = "a\0" }));
        Assert.Contains(await ana.RefusedAsync("history", new { room = "\0" }), (string[])["invalid", "not_found"]);

        await ana.DoAsync("remove", new { room, person = ben.Id, reason = "un\0kind " + new string('x', 491) + "😀" });
        Assert.Equal("unkind " + new string('x', 491) + "\uFFFD", await _world.FindAsync<string>("SELECT details FROM audit"));
        await ana.SayAsync(room, "after");
        Assert.Equal("before|after", await ana.TextsAsync(room));
    }

    [StoreFact]
    public async Task An_own_message_can_be_edited_by_nobody_else()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var id = (await ana.SayAsync(room, "Helo")).GetProperty("id").GetInt64();

        Assert.Equal("not_allowed", await ben.RefusedAsync("edit", new { room, id, text = "Bye" }));
        await ana.DoAsync("edit", new { room, id, text = "Hello" });

        var (change, _) = await ben.ExpectChangeAsync("edited");
        Assert.Equal((id, "Hello"), (change.GetProperty("id").GetInt64(), change.GetProperty("text").GetString()));
        Assert.Equal("Hello", await ben.TextsAsync(room));
    }

    [StoreFact]
    public async Task A_deleted_message_leaves_a_place_without_a_text_and_is_not_found_any_more()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var id = (await ben.SayAsync(room, "Unkind words")).GetProperty("id").GetInt64();
        await ana.DoAsync("react", new { room, id, emoji = "👎", on = true });

        // Ana made the lobby, so she is its owner.
        await ana.DoAsync("delete", new { room, id });

        await ben.ExpectChangeAsync("deleted");
        var message = (await ben.DoAsync("history", new { room })).GetProperty("messages").EnumerateArray().Last();
        Assert.Equal("", message.GetProperty("text").GetString());
        Assert.Equal(ana.Id, message.GetProperty("deletedBy").GetString());
        Assert.False(message.TryGetProperty("reactions", out _));
        Assert.Empty((await ben.DoAsync("search", new { query = "unkind" })).GetProperty("results").EnumerateArray());
        Assert.Equal("not_found", await ben.RefusedAsync("edit", new { room, id, text = "Kind words" }));
    }

    [StoreFact]
    public async Task Reactions_are_put_and_taken_back_by_each_person()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var id = (await ana.SayAsync(room, "Done!")).GetProperty("id").GetInt64();

        await ana.DoAsync("react", new { room, id, emoji = "🎉", on = true });
        await ben.DoAsync("react", new { room, id, emoji = "🎉", on = true });
        await ben.DoAsync("react", new { room, id, emoji = "👍🏽", on = true });
        await ana.DoAsync("react", new { room, id, emoji = "🎉", on = false });

        var message = (await ana.DoAsync("history", new { room })).GetProperty("messages").EnumerateArray().Last();
        var reactions = message.GetProperty("reactions").EnumerateArray()
            .Select(kind => $"{kind.GetProperty("emoji").GetString()} {string.Join(',', kind.GetProperty("by").EnumerateArray())}");
        Assert.Equal([$"🎉 {ben.Id}", $"👍🏽 {ben.Id}"], reactions);
        Assert.Equal("invalid", await ana.RefusedAsync("react", new { room, id, emoji = "<b>", on = true }));
        Assert.Equal("invalid", await ana.RefusedAsync("react", new { room, id, emoji = "1", on = true }));
    }

    [StoreFact]
    public async Task A_message_has_at_most_twenty_kinds_of_reactions()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        var id = (await ana.SayAsync(room, "Popular")).GetProperty("id").GetInt64();
        for (var i = 0; i < 20; i++)
        {
            await ana.DoAsync("react", new { room, id, emoji = char.ConvertFromUtf32(0x1F600 + i), on = true });
        }

        await ana.DoAsync("edit", new { room, id, text = "Very popular" });
        await ana.DoAsync("history", new { room });
        Assert.Equal("too_many", await ana.RefusedAsync("react", new { room, id, emoji = "🎉", on = true }));
    }

    [StoreFact]
    public async Task An_answer_shows_how_the_answered_message_begins_now()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var id = (await ana.SayAsync(room, "Shall we?" + new string('.', 200))).GetProperty("id").GetInt64();

        await ben.DoAsync("say", new { room, text = "Yes", key = "1", replyTo = id });
        var (change, _) = await ana.ExpectChangeAsync("message");
        if (change.GetProperty("message").GetProperty("text").GetString() != "Yes")
        {
            (change, _) = await ana.ExpectChangeAsync("message");
        }

        var quote = change.GetProperty("message").GetProperty("replyTo");
        Assert.Equal((id, 140), (quote.GetProperty("id").GetInt64(), quote.GetProperty("text").GetString()!.Length));
        await ana.DoAsync("delete", new { room, id });
        var answer = (await ana.DoAsync("history", new { room })).GetProperty("messages").EnumerateArray().Last();
        Assert.Equal("", answer.GetProperty("replyTo").GetProperty("text").GetString());
    }

    [StoreFact]
    public async Task An_answer_does_not_quote_what_was_deleted_on_another_node_a_moment_ago()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var id = (await ana.SayAsync(room, "Unkind words")).GetProperty("id").GetInt64();
        await ana.DoAsync("history", new { room });

        // As another node does it: this one's tables are told nothing.
        await _world.Server.Io.LogOf(RoomChanges.KeyOf(room)).PublishAsync(
            RoomChanges.EventName, room, new Change { Kind = Change.Deleted, Id = id, By = ana.Id, At = 1 });
        await ben.DoAsync("say", new { room, text = "Yes", key = "1", replyTo = id });

        await ana.ExpectChangeAsync("deleted");
        var answer = (await ana.ExpectChangeAsync("message")).Change.GetProperty("message");
        Assert.Equal(("Yes", ""), (answer.GetProperty("text").GetString(), answer.GetProperty("replyTo").GetProperty("text").GetString()));
    }

    [StoreFact]
    public async Task Who_is_named_is_mentioned_and_what_is_unread_is_counted_until_it_is_read_on_any_device()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        await ana.SayAsync(room, "Hello everybody");
        var last = (await ana.SayAsync(room, "and @BEN, too; not ana@ben.example")).GetProperty("id").GetInt64();
        await ana.DoAsync("history", new { room });

        var phone = await _world.AgainAsync(ben);
        var mine = phone.Welcome.GetProperty("rooms").EnumerateArray().Single();
        Assert.Equal((2, 1), (mine.GetProperty("unread").GetInt32(), mine.GetProperty("mentions").GetInt32()));

        await phone.DoAsync("read", new { room, to = last });
        var marker = await ben.Client.ExpectAsync<JsonElement>("read");
        Assert.Equal((last, 0), (marker.GetProperty("readTo").GetInt64(), marker.GetProperty("unread").GetInt32()));
    }

    [StoreFact]
    public async Task History_is_paged_both_ways_and_jumped_into_by_message_and_by_time()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        var ids = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add((await ana.SayAsync(room, $"m{i}")).GetProperty("id").GetInt64());
            await _world.Server.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("m9|m10|m11 older", Page(await ana.DoAsync("history", new { room, limit = 3 })));
        Assert.Equal("m6|m7|m8 older newer", Page(await ana.DoAsync("history", new { room, limit = 3, before = ids[9] })));
        Assert.Equal("m10|m11 older", Page(await ana.DoAsync("history", new { room, limit = 3, after = ids[9] })));
        Assert.Equal("m3|m4|m5|m6 older newer", Page(await ana.DoAsync("history", new { room, limit = 4, around = ids[5] })));
        var time = (await ana.DoAsync("history", new { room, limit = 1, around = ids[7] })).GetProperty("messages")[0].GetProperty("at").GetInt64();
        Assert.StartsWith("m5|m6|m7|m8", Page(await ana.DoAsync("history", new { room, limit = 4, at = time - 1000 })), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Words_are_found_in_the_rooms_that_one_is_in_and_in_no_other()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        var secret = (await ana.DoAsync("create_room", new { name = "board", kind = "private" })).GetProperty("room").GetProperty("id").GetString()!;
        await ana.SayAsync(secret, "The budget is secret");
        await ana.SayAsync(room, "The Büdget is public");
        await ana.DoAsync("history", new { room });
        await ana.DoAsync("history", new { room = secret });

        Assert.Equal("The Büdget is public|The budget is secret", Found(await ana.DoAsync("search", new { query = "BUDG the" })));
        Assert.Equal("The Büdget is public", Found(await ben.DoAsync("search", new { query = "budget" })));
        Assert.Equal("", Found(await ben.DoAsync("search", new { query = "budget", room = secret })));
        Assert.Equal("", Found(await ben.DoAsync("search", new { query = "\"secret\" OR budget*" })));
        Assert.Equal("invalid", await ben.RefusedAsync("search", new { query = "** -- ''" }));
    }

    [StoreFact]
    public async Task Typing_is_told_to_the_others_and_kept_nowhere()
    {
        var (ana, ben, room) = await TwoInLobbyAsync();
        await ana.DoAsync("typing", new { room });

        var typing = await ben.Client.ExpectAsync<JsonElement>("typing");
        Assert.Equal((room, ana.Id), (typing.GetProperty("room").GetString(), typing.GetProperty("person").GetString()));
    }

    private async Task<(ChatPerson Ana, ChatPerson Ben, string Room)> TwoInLobbyAsync()
    {
        var ana = await _world.SignUpAsync("Ana");
        var room = ana.Room("lobby");
        await ana.DoAsync("enter", new { room });
        var ben = await _world.SignUpAsync("Ben");
        await ben.DoAsync("enter", new { room });
        return (ana, ben, room);
    }

    private static string Page(JsonElement reply)
    {
        var texts = string.Join('|', reply.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString()));
        return texts + (reply.GetProperty("older").GetBoolean() ? " older" : "") + (reply.GetProperty("newer").GetBoolean() ? " newer" : "");
    }

    private static string Found(JsonElement reply) => string.Join('|', reply.GetProperty("results").EnumerateArray()
        .Select(result => result.GetProperty("message").GetProperty("text").GetString()));
}
