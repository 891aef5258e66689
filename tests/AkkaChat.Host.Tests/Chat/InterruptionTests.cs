using System.Text.Json;
using AkkaChat.Host.Messages;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

/// <summary>What a node that does not answer, or the server's end, has interrupted is finished by asking for it again.</summary>
public abstract class InterruptionTests : IAsyncLifetime
{
    private ChatWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    /// <summary>A chat on the kind of database that these tests are for.</summary>
    private protected abstract Task<ChatWorld> StartAsync();

    [StoreFact]
    public async Task Who_leaves_again_after_not_all_devices_were_out_hears_nothing_more()
    {
        var (ana, ben, room) = await TwoInAsync("private");
        _world.Fault.FailNext(nameof(IBroadcaster.LeaveAllAsync));

        Assert.Equal("unavailable", await ben.RefusedAsync("leave_room", new { room }));
        await ben.Client.ExpectAsync("room_removed");
        await ben.DoAsync("leave_room", new { room });
        await ana.SayAsync(room, "Now we are among ourselves");

        await _world.Server.SettleAsync();
        Assert.DoesNotContain(await ben.Client.ReceivedAsync(), told => told.ToString().Contains("among ourselves", StringComparison.Ordinal));
        Assert.Equal(["left ID-BEN"], await NoticesAsync(ana, room, "left"));
    }

    [StoreFact]
    public async Task Who_leaves_while_the_log_does_not_answer_is_in_the_room_until_it_does()
    {
        var (ana, ben, room) = await TwoInAsync("private");
        _world.Fault.FailNext(nameof(IRoomLog.PublishAsync));

        Assert.Equal("unavailable", await ben.RefusedAsync("leave_room", new { room }));
        await ben.SayAsync(room, "Still here");
        await ben.DoAsync("leave_room", new { room });

        Assert.Equal("not_found", await ben.RefusedAsync("history", new { room }));
        Assert.Equal(["left ID-BEN"], await NoticesAsync(ana, room, "left"));
    }

    [StoreFact]
    public Task An_owner_who_leaves_again_after_the_first_answer_was_lost_is_succeeded_and_the_room_is_told_once() => SucceedAsync(0);

    [StoreFact]
    public Task An_owner_who_leaves_again_after_the_second_answer_was_lost_is_succeeded_and_the_room_is_told_once() => SucceedAsync(1);

    [StoreFact]
    public async Task Who_comes_back_and_leaves_again_is_told_of_again()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        await ben.DoAsync("leave_room", new { room });
        await _world.Server.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        await ben.DoAsync("join_room", new { room });

        await ben.DoAsync("leave_room", new { room });

        Assert.Equal(["left ID-BEN", "left ID-BEN"], await NoticesAsync(ana, room, "left"));
    }

    [StoreFact]
    public async Task Leaving_is_finished_after_the_server_has_ended_in_between()
    {
        var (ana, ben, room) = await TwoInAsync("private");
        _world.Fault.FailNext(nameof(IBroadcaster.LeaveAllAsync));
        Assert.Equal("unavailable", await ben.RefusedAsync("leave_room", new { room }));

        _world = await _world.RestartAsync();
        var again = await _world.AgainAsync(ben);
        await again.DoAsync("leave_room", new { room });

        Assert.Equal("left", (await again.Client.ExpectAsync<JsonElement>("room_removed")).GetProperty("reason").GetString());
        Assert.Equal(["left ID-BEN"], await NoticesAsync(await _world.AgainAsync(ana), room, "left"));
    }

    [StoreFact]
    public async Task To_leave_a_room_that_one_is_not_in_changes_nothing_and_shows_nobody_whether_there_is_one()
    {
        var (ana, ben, room) = await TwoInAsync("private");
        var direct = await RoomOfAsync(ana, "direct", new { person = ben.Id });
        var eve = await _world.SignUpAsync("Eve");

        foreach (var somewhere in (string[])[room, direct, "nowhere"])
        {
            await eve.DoAsync("leave_room", new { room = somewhere });
        }

        Assert.Equal("not_allowed", await ben.RefusedAsync("leave_room", new { room = direct }));
        Assert.Equal("not_found", await ben.RefusedAsync("leave_room", new { room = "" }));
        Assert.Empty(await NoticesAsync(ana, room, "left"));
        await ben.SayAsync(room, "We are all here");
        Assert.Equal("We are all here", await ana.TextsAsync(room));
    }

    [StoreFact]
    public async Task Who_deletes_a_room_again_after_not_all_were_out_puts_them_out_and_others_learn_nothing()
    {
        var (ana, ben, room) = await TwoInAsync("public");
        _world.Fault.FailNext(nameof(IBroadcaster.LeaveAllAsync));

        Assert.Equal("unavailable", await ana.RefusedAsync("delete_room", new { room }));
        Assert.Equal("deleted", (await ben.Client.ExpectAsync<JsonElement>("room_removed")).GetProperty("reason").GetString());
        await ben.Client.ExpectAsync("room_unlisted");
        Assert.Equal(2, await CountInAsync(room));
        Assert.Equal("not_found", await ben.RefusedAsync("delete_room", new { room }));
        Assert.Equal(2, await CountInAsync(room));

        await ana.DoAsync("delete_room", new { room });
        await ana.DoAsync("delete_room", new { room });

        Assert.Equal(0, await CountInAsync(room));
        Assert.Empty(await EntriesAsync(room));
        Assert.Equal(1, await _world.FindAsync<long>("SELECT count(*) FROM audit WHERE action = 'room.deleted' AND details = 'team'"));
    }

    [StoreFact]
    public async Task Deleting_is_finished_after_the_server_has_ended_before_the_log_was_empty()
    {
        var (ana, ben, room) = await TwoInAsync("private");
        await ben.SayAsync(room, "Soon gone");
        _world.Fault.FailNext(nameof(IRoomLog.ClearAsync));
        Assert.Equal("unavailable", await ana.RefusedAsync("delete_room", new { room }));

        _world = await _world.RestartAsync();
        Assert.NotEmpty(await EntriesAsync(room));
        Assert.Equal("not_found", await (await _world.AgainAsync(ben)).RefusedAsync("delete_room", new { room }));
        Assert.NotEmpty(await EntriesAsync(room));
        await (await _world.AgainAsync(ana)).DoAsync("delete_room", new { room });

        Assert.Empty(await EntriesAsync(room));
    }

    private async Task SucceedAsync(int answersBefore)
    {
        var (ana, ben, room) = await TwoInAsync("private");
        _world.Fault.LoseAnswer(nameof(IRoomLog.PublishAsync), answersBefore);

        Assert.Equal("unavailable", await ana.RefusedAsync("leave_room", new { room }));
        await ana.DoAsync("leave_room", new { room });

        Assert.Equal(["left ID-ANA", "role ID-ANA ID-BEN owner"], await NoticesAsync(ben, room, "left", "role"));
        await ben.DoAsync("change_room", new { room, archived = true });
        Assert.Equal("not_found", await ana.RefusedAsync("history", new { room }));
    }

    private async Task<int> CountInAsync(string room) => (await _world.Server.Io.To(RoomChanges.KeyOf(room)).CountAsync()).Sockets;

    private async Task<IReadOnlyList<LogEntry>> EntriesAsync(string room) =>
        (await _world.Server.Io.LogOf(RoomChanges.KeyOf(room)).ReadAsync()).Entries;

    /// <summary>What the room's history has of these kinds: what, by whom, to whom, and what they became.</summary>
    private static async Task<IEnumerable<string>> NoticesAsync(ChatPerson reader, string room, params string[] kinds)
    {
        var history = await reader.DoAsync("history", new { room });
        return history.GetProperty("messages").EnumerateArray()
            .Where(message => message.TryGetProperty("notice", out var notice) && kinds.Contains(notice.GetProperty("what").GetString()))
            .Select(message => string.Join(' ', (string?[])
            [
                message.GetProperty("notice").GetProperty("what").GetString(),
                message.GetProperty("by").GetString(),
                .. message.GetProperty("notice").EnumerateObject().Where(one => one.Name != "what").Select(one => one.Value.GetString()),
            ]));
    }

    private static async Task<string> RoomOfAsync(ChatPerson person, string eventName, object request) =>
        (await person.DoAsync(eventName, request)).GetProperty("room").GetProperty("id").GetString()!;

    private async Task<(ChatPerson Ana, ChatPerson Ben, string Room)> TwoInAsync(string kind)
    {
        var ana = await _world.SignUpAsync("Ana");
        var ben = await _world.SignUpAsync("Ben");
        var room = await RoomOfAsync(ana, "create_room", new { name = "team", kind });
        await ana.DoAsync("enter", new { room });
        await ana.DoAsync("invite", new { room, person = ben.Id });
        await ben.DoAsync("enter", new { room });
        return (ana, ben, room);
    }
}
