using System.Text.Json;
using AkkaChat.Host.Messages;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>What deleted messages said is gone from the logs too.</summary>
public abstract class RedactionTests : IAsyncLifetime
{
    private protected ChatWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await StartAsync();

    public Task DisposeAsync() => World.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task Who_catches_up_from_before_a_deletion_learns_that_there_was_a_message_and_not_what_it_said()
    {
        var (ana, room) = await AnaAsync();
        var since = (await ana.SayAsync(room, "before")).GetProperty("position");
        var id = await SayAsync(ana, room, "the secret");
        await ana.DoAsync("edit", new { room, id, text = "the secret, mended" });
        await ana.DoAsync("say", new { room, text = "an answer", key = "answer", replyTo = id });
        await ana.SayAsync(room, "after");
        await ana.DoAsync("delete", new { room, id });
        await SettleAsync(ana, room);

        var back = await World.AgainAsync(ana);
        var entered = await back.DoAsync("enter", new { room, since });

        Assert.True(entered.GetProperty("isContinuous").GetBoolean());
        var deleted = (await back.ExpectChangeAsync("message")).Change.GetProperty("message");
        Assert.Equal(("", ana.Id), (deleted.GetProperty("text").GetString(), deleted.GetProperty("deletedBy").GetString()));
        Assert.True(deleted.GetProperty("deletedAt").GetInt64() >= deleted.GetProperty("at").GetInt64());
        var answer = (await back.ExpectChangeAsync("message")).Change.GetProperty("message");
        Assert.Equal("an answer", answer.GetProperty("text").GetString());
        Assert.Equal((id, ""), (answer.GetProperty("replyTo").GetProperty("id").GetInt64(), answer.GetProperty("replyTo").GetProperty("text").GetString()));
        Assert.Equal("after", (await back.ExpectChangeAsync("message")).Change.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(id, (await back.ExpectChangeAsync("deleted")).Change.GetProperty("id").GetInt64());
        Assert.DoesNotContain("secret", await LogTextAsync(room), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Words_that_come_into_the_log_behind_the_deletion_go_too()
    {
        var (ana, room) = await AnaAsync();
        var id = await SayAsync(ana, room, "the secret");
        await ana.DoAsync("delete", new { room, id });

        // As from a node that had looked at the message just before.
        await PublishAsync(room, new Change { Kind = Change.Edited, Id = id, Text = "the secret, mended", By = ana.Id, At = 1 });
        await PublishAsync(room, new Change
        {
            Kind = Change.MessageSaid,
            Message = new() { By = ana.Id, At = 1, Text = "an answer", ReplyTo = new QuoteShape(id, ana.Id, "the secret") },
        });
        await SettleAsync(ana, room);

        Assert.DoesNotContain("secret", await LogTextAsync(room), StringComparison.Ordinal);
        Assert.Equal("|an answer", await ana.TextsAsync(room));
    }

    [StoreFact]
    public async Task Other_messages_stay_as_they_are()
    {
        var (ana, room) = await AnaAsync();
        var kept = await SayAsync(ana, room, "kept");
        await ana.DoAsync("edit", new { room, id = kept, text = "kept, mended" });
        await ana.DoAsync("say", new { room, text = "an answer", key = "answer", replyTo = kept });
        var before = await LogTextAsync(room);
        var id = await SayAsync(ana, room, "the secret");
        await ana.DoAsync("delete", new { room, id });
        await SettleAsync(ana, room);

        Assert.StartsWith(before, await LogTextAsync(room), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task A_log_that_fails_holds_up_nobody_and_is_tried_again()
    {
        var (ana, room) = await AnaAsync();
        var id = await SayAsync(ana, room, "the secret");
        await SettleAsync(ana, room);
        World.Fault.Lasting = nameof(IRoomLog.ReplaceAsync);

        await ana.DoAsync("delete", new { room, id });
        Assert.Equal("", await ana.TextsAsync(room));
        Assert.Contains("secret", await LogTextAsync(room), StringComparison.Ordinal);
        World.Fault.Lasting = null;

        // Nobody has to ask for it.
        await Eventually.TrueAsync(async () =>
        {
            await World.Server.AdvanceAsync(TimeSpan.FromSeconds(1));
            return !(await LogTextAsync(room)).Contains("secret", StringComparison.Ordinal);
        });
    }

    [StoreFact]
    public async Task What_the_end_of_the_process_left_undone_is_done_by_the_next()
    {
        var (ana, room) = await AnaAsync();
        var id = await SayAsync(ana, room, "the secret");
        await SettleAsync(ana, room);
        World.Fault.Lasting = nameof(IRoomLog.ReplaceAsync);
        await ana.DoAsync("delete", new { room, id });
        await SettleAsync(ana, room);
        Assert.Contains("secret", await LogTextAsync(room), StringComparison.Ordinal);

        World = await World.RestartAsync();
        await SettleAsync(await World.AgainAsync(ana), room);

        Assert.DoesNotContain("secret", await LogTextAsync(room), StringComparison.Ordinal);
        Assert.Equal(0, await World.FindAsync<long>("SELECT count(*) FROM redactions"));
    }

    [StoreFact]
    public async Task What_was_deleted_stays_so_when_the_tables_are_made_anew_from_the_log()
    {
        var (ana, room) = await AnaAsync();
        var id = await SayAsync(ana, room, "the secret");
        await ana.DoAsync("say", new { room, text = "an answer", key = "answer", replyTo = id });
        await ana.DoAsync("delete", new { room, id });
        var before = (await ana.DoAsync("history", new { room })).GetProperty("messages").ToString();

        await World.ExecuteAsync("DELETE FROM messages");
        await World.ExecuteAsync("UPDATE rooms SET log_offset = 0");
        World = await World.RestartAsync();
        var again = await World.AgainAsync(ana);

        Assert.Equal(before, (await again.DoAsync("history", new { room })).GetProperty("messages").ToString());
    }

    private static async Task<long> SayAsync(ChatPerson person, string room, string text) =>
        (await person.SayAsync(room, text)).GetProperty("id").GetInt64();

    private static Task SettleAsync(ChatPerson person, string room) => person.DoAsync("history", new { room });

    private Task<LogPosition> PublishAsync(string room, Change change) =>
        World.Server.Io.LogOf(RoomChanges.KeyOf(room)).PublishAsync(RoomChanges.EventName, room, change);

    private async Task<string> LogTextAsync(string room)
    {
        var page = await World.Server.Io.LogOf(RoomChanges.KeyOf(room)).ReadAsync(limit: 1000);
        return string.Join('\n', page.Entries.Select(entry => entry.Arguments[1].As<JsonElement>().GetRawText()));
    }

    private async Task<(ChatPerson Ana, string Room)> AnaAsync()
    {
        var ana = await World.SignUpAsync("Ana");
        return (ana, ana.Room("lobby"));
    }
}
