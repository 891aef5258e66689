using System.Text;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Stores.Tests.Stores;

/// <summary>What every store does.</summary>
public abstract class RoomLogStoreTests(StoreSource source) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RoomLogKey Lobby = new("/", "lobby");
    private static readonly LogRange All = new(0, long.MaxValue, 1000, Newest: false);

    private IRoomLogStore _store = null!;

    protected IRoomLogStore Store => _store;

    protected StoreSource Source => source;

    public async Task InitializeAsync()
    {
        _store = await source.CreateAsync();
        await _store.OpenAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await source.DisposeAsync();
    }

    [StoreFact]
    public async Task Messages_get_offsets_from_1_in_the_order_given_each_log_its_own()
    {
        var other = new RoomLogKey("/", "other");
        var first = await AppendAsync(Message("a"), Message("b", other), Message("c"));
        var second = await AppendAsync(Message("d"));

        Assert.Equal([1, 1, 2], first.Select(appended => appended.Position.Offset));
        Assert.Equal(3, second[0].Position.Offset);
        Assert.Equal(["a", "c", "d"], await ContentsAsync(All));
        Assert.Equal(["b"], await ContentsAsync(All, other));
    }

    [StoreFact]
    public async Task A_message_comes_back_as_it_was_given()
    {
        var at = Start.AddMilliseconds(1234);
        var appended = await AppendAsync(Message("Grüße, 世界 🌍 \u0000") with { MessageId = "ann:é1", At = at });

        var slice = await _store.ReadAsync(Lobby, All, default);

        var entry = Assert.Single(slice.Entries);
        Assert.Equal((1, at, "ann:é1"), (entry.Offset, entry.At, entry.MessageId));
        Assert.Equal("Grüße, 世界 🌍 \u0000", Encoding.UTF8.GetString(entry.Content.Span));
        Assert.Equal(appended[0].Position, slice.Top);
    }

    [StoreFact]
    public async Task Names_differ_by_case_accents_and_namespace()
    {
        RoomLogKey[] keys = [Lobby, new("/", "Lobby"), new("/", "löbby"), new("/", "lobby "), new("/admin", "lobby")];
        await AppendAsync([.. keys.Select((key, index) => Message($"{index}", key))]);

        for (var index = 0; index < keys.Length; index++)
        {
            Assert.Equal([$"{index}"], await ContentsAsync(All, keys[index]));
        }
    }

    [StoreFact]
    public async Task An_id_that_the_log_has_answers_as_the_first_time_in_the_same_group_and_later()
    {
        var other = new RoomLogKey("/", "other");
        var group = await AppendAsync(
            Message("a") with { MessageId = "1" }, Message("b") with { MessageId = "1" }, Message("c", other) with { MessageId = "1" }, Message("d"));
        var later = await AppendAsync(Message("e") with { MessageId = "1" }, Message("f"));

        Assert.Equal([(1L, false), (1L, true), (1L, false), (2L, false)], group.Select(a => (a.Position.Offset, a.IsRepeated)));
        Assert.Equal([(1L, true), (3L, false)], later.Select(a => (a.Position.Offset, a.IsRepeated)));
        Assert.Equal(["a", "d", "f"], await ContentsAsync(All));
    }

    [StoreFact]
    public async Task Ranges_have_bounds_that_are_not_in_them_and_take_the_first_or_the_newest()
    {
        await AppendAsync([.. Enumerable.Range(1, 9).Select(number => Message($"{number}"))]);

        Assert.Equal(["3", "4", "5", "6"], await ContentsAsync(new LogRange(2, 7, 100, Newest: false)));
        Assert.Equal(["3", "4"], await ContentsAsync(new LogRange(2, 7, 2, Newest: false)));
        Assert.Equal(["5", "6"], await ContentsAsync(new LogRange(2, 7, 2, Newest: true)));
        Assert.Equal(["8", "9"], await ContentsAsync(new LogRange(0, long.MaxValue, 2, Newest: true)));
        Assert.Empty(await ContentsAsync(new LogRange(9, long.MaxValue, 2, Newest: true)));
        Assert.Empty(await ContentsAsync(new LogRange(long.MaxValue - 1, long.MaxValue, 2, Newest: false)));
        Assert.Empty(await ContentsAsync(new LogRange(5, 5, 2, Newest: false)));
        Assert.Equal(9, (await _store.ReadAsync(Lobby, LogRange.TopOnly, default)).Top.Offset);
    }

    [StoreFact]
    public async Task A_log_that_is_not_there_reads_as_empty_and_is_made_in_the_epoch_it_said()
    {
        var before = await _store.ReadAsync(Lobby, All, default);
        var appended = await AppendAsync(Message("a"));

        Assert.Empty(before.Entries);
        Assert.Equal(0, before.Top.Offset);
        Assert.Equal(before.Top.Epoch, appended[0].Position.Epoch);
    }

    [StoreFact]
    public async Task The_oldest_go_when_there_are_more_than_the_limit_and_their_ids_with_them()
    {
        var limits = new RoomLogLimits(3, TimeSpan.FromDays(1));
        await AppendAsync([.. Enumerable.Range(1, 5).Select(number => Message($"{number}") with { MessageId = $"{number}", Limits = limits })]);
        var kept = await AppendAsync(Message("kept") with { MessageId = "3", Limits = limits });
        var gone = await AppendAsync(Message("gone") with { MessageId = "1", Limits = limits });

        Assert.Equal((3, true), (kept[0].Position.Offset, kept[0].IsRepeated));
        Assert.Equal((6, false), (gone[0].Position.Offset, gone[0].IsRepeated));
        Assert.Equal(["4", "5", "gone"], await ContentsAsync(All));
    }

    [StoreFact]
    public async Task What_is_too_old_goes_and_the_log_goes_on_counting_in_its_epoch()
    {
        var limits = new RoomLogLimits(100, TimeSpan.FromHours(1));
        var first = await AppendAsync(Message("a") with { Limits = limits });
        await AppendAsync(Message("b") with { Limits = limits, At = Start.AddMinutes(30) });

        await _store.TrimAsync(Start.AddMinutes(30), default);
        Assert.Equal(["a", "b"], await ContentsAsync(All));
        await _store.TrimAsync(Start.AddMinutes(61), default);
        Assert.Equal(["b"], await ContentsAsync(All));
        await _store.TrimAsync(Start.AddHours(20), default);
        Assert.Empty(await ContentsAsync(All));

        var next = await AppendAsync(Message("c") with { At = Start.AddHours(20) });
        Assert.Equal(first[0].Position with { Offset = 3 }, next[0].Position);
    }

    [StoreFact]
    public async Task A_log_that_was_long_empty_begins_again_in_another_epoch()
    {
        var first = await AppendAsync(Message("a") with { Limits = new RoomLogLimits(100, TimeSpan.FromHours(1)) });

        await _store.TrimAsync(Start.AddDays(1), default);
        await _store.TrimAsync(Start.AddDays(60), default);
        var next = await AppendAsync(Message("b") with { At = Start.AddDays(60) });

        Assert.Equal(1, next[0].Position.Offset);
        Assert.NotEqual(first[0].Position.Epoch, next[0].Position.Epoch);
    }

    [StoreFact]
    public async Task A_log_keeps_counting_for_a_day_after_it_became_empty_however_old_its_last_message_was()
    {
        var empty = Start.AddDays(60);
        var first = await AppendAsync(Message("a"), Message("b") with { Limits = new RoomLogLimits(100, TimeSpan.FromDays(40)) });

        await _store.TrimAsync(empty, default);
        await _store.TrimAsync(empty.AddHours(23), default);
        var next = await AppendAsync(Message("c") with { At = empty.AddHours(23) });

        Assert.Equal(first[0].Position with { Offset = 3 }, next[0].Position);
    }

    [StoreFact]
    public async Task A_message_that_is_replaced_keeps_its_place_its_time_and_its_id()
    {
        var appended = await AppendAsync(Message("a"), Message("secret") with { MessageId = "1" }, Message("c"));

        Assert.True(await ReplaceAsync(Lobby, appended[1].Position, "gone, and more \u0000"));

        var slice = await _store.ReadAsync(Lobby, All, default);
        var again = await AppendAsync(Message("secret") with { MessageId = "1" });
        Assert.Equal(["a", "gone, and more \u0000", "c"], await ContentsAsync(All));
        Assert.Equal((2, Start, "1"), (slice.Entries[1].Offset, slice.Entries[1].At, slice.Entries[1].MessageId));
        Assert.Equal((2, true), (again[0].Position.Offset, again[0].IsRepeated));
    }

    [StoreFact]
    public async Task Only_what_is_in_the_log_in_its_epoch_is_replaced()
    {
        var other = new RoomLogKey("/", "other");
        var limits = new RoomLogLimits(2, TimeSpan.FromDays(1));
        var appended = await AppendAsync(Message("a") with { Limits = limits }, Message("b") with { Limits = limits }, Message("c") with { Limits = limits });
        var last = appended[2].Position;
        await AppendAsync(Message("d", other));

        Assert.False(await ReplaceAsync(Lobby, appended[0].Position, "trimmed"));
        Assert.False(await ReplaceAsync(Lobby, last with { Offset = 4 }, "not yet"));
        Assert.False(await ReplaceAsync(Lobby, last with { Epoch = last.Epoch + "x" }, "another life"));
        Assert.False(await ReplaceAsync(other, last, "another log"));
        Assert.False(await ReplaceAsync(new RoomLogKey("/", "none"), last, "no log"));
        Assert.Equal(["b", "c"], await ContentsAsync(All));
        Assert.Equal(["d"], await ContentsAsync(All, other));
    }

    [StoreFact]
    public async Task A_reset_empties_one_log_and_begins_an_epoch_that_was_never_there()
    {
        var other = new RoomLogKey("/", "other");
        var first = await AppendAsync(Message("a") with { MessageId = "1" }, Message("b", other));

        var epoch = await _store.ResetAsync(Lobby, Start, default);
        var next = await AppendAsync(Message("c") with { MessageId = "1" });

        Assert.NotEqual(first[0].Position.Epoch, epoch);
        Assert.Equal(new LogAppended(new LogPosition(epoch, 1), IsRepeated: false), next[0]);
        Assert.Equal(["c"], await ContentsAsync(All));
        Assert.Equal(["b"], await ContentsAsync(All, other));
    }

    [StoreFact]
    public async Task What_was_stored_is_there_when_the_store_is_opened_again_or_the_epoch_is_another()
    {
        var before = await AppendAsync(Message("a") with { MessageId = "1" });
        await _store.DisposeAsync();

        _store = await source.CreateAsync();
        await _store.OpenAsync(default);
        var after = await AppendAsync(Message("b") with { MessageId = "1" });

        Assert.Equal(source.IsDurable, before[0].Position == after[0].Position);
        Assert.Equal(source.IsDurable, after[0].IsRepeated);
        Assert.Equal([source.IsDurable ? "a" : "b"], await ContentsAsync(All));
    }

    [StoreFact]
    public async Task A_store_that_was_closed_for_another_node_can_be_disposed_of_again_and_the_other_goes_on()
    {
        await AppendAsync(Message("a"));
        await _store.DisposeAsync();
        await using var next = await source.CreateAsync();
        await next.OpenAsync(default);

        await _store.DisposeAsync();

        var appended = await next.AppendAsync([Message("b")], default);
        Assert.Equal(source.IsDurable ? 2 : 1, appended[0].Position.Offset);
    }

    [StoreFact]
    public async Task Reads_and_trims_beside_appends_see_whole_groups_without_a_gap()
    {
        var limits = new RoomLogLimits(50, TimeSpan.FromDays(1));
        using var done = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var slice = await _store.ReadAsync(Lobby, All, default);
                Assert.Equal(0, slice.Top.Offset % 5);
                Assert.True(slice.Entries.Count <= 50);
                Assert.Equal(Enumerable.Range(0, slice.Entries.Count).Select(i => slice.Top.Offset - slice.Entries.Count + 1 + i), slice.Entries.Select(e => e.Offset));
                await _store.TrimAsync(Start, default);
            }
        });
        for (var round = 0; round < 60; round++)
        {
            await AppendAsync([.. Enumerable.Range(0, 5).Select(number => Message($"{number}") with { Limits = limits })]);
        }

        await done.CancelAsync();
        await reading;
        Assert.Equal(300, (await _store.ReadAsync(Lobby, LogRange.TopOnly, default)).Top.Offset);
    }

    protected static LogAppend Message(string text, RoomLogKey? log = null) =>
        new(log ?? Lobby, Encoding.UTF8.GetBytes(text), null, Start, new RoomLogLimits(1000, TimeSpan.FromDays(1)));

    private Task<bool> ReplaceAsync(RoomLogKey log, LogPosition position, string text) =>
        _store.ReplaceAsync(log, position, Encoding.UTF8.GetBytes(text), default);

    private Task<IReadOnlyList<LogAppended>> AppendAsync(params LogAppend[] group) => _store.AppendAsync(group, default);

    private async Task<string[]> ContentsAsync(LogRange range, RoomLogKey? log = null)
    {
        var slice = await _store.ReadAsync(log ?? Lobby, range, default);
        return [.. slice.Entries.Select(entry => Encoding.UTF8.GetString(entry.Content.Span))];
    }
}
