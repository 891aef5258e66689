using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Stores.Tests.Stores;

public sealed class MemoryRoomLogStoreTests() : RoomLogStoreTests(new MemorySource())
{
    [Fact]
    public async Task All_logs_together_stay_within_the_limit_and_the_oldest_messages_go_first()
    {
        await using var store = new MemoryRoomLogStore(maxBytes: 20_000);
        for (var number = 1; number <= 500; number++)
        {
            await store.AppendAsync([Message($"{number}", new RoomLogKey("/", $"room {number % 7}"))], default);
        }

        var newest = await store.ReadAsync(new RoomLogKey("/", $"room {500 % 7}"), new LogRange(0, long.MaxValue, 1000, false), default);
        Assert.InRange(newest.Entries.Count, 2, 20_000 / 256 / 7);
        Assert.Equal(newest.Top.Offset, newest.Entries[^1].Offset);
    }

    [Fact]
    public async Task What_a_message_is_replaced_by_counts_and_not_what_it_was()
    {
        await using var store = new MemoryRoomLogStore(maxBytes: 20_000);
        var large = new string('x', 9_000);
        var first = await store.AppendAsync([Message(large), Message(large)], default);
        var room = new RoomLogKey("/", "lobby");
        var all = new LogRange(0, long.MaxValue, 1000, Newest: false);

        await store.ReplaceAsync(room, first[0].Position, new byte[] { 1 }, default);
        await store.AppendAsync([Message(large)], default);
        Assert.Equal([1L, 2, 3], (await store.ReadAsync(room, all, default)).Entries.Select(entry => entry.Offset));
        await store.ReplaceAsync(room, first[1].Position, new byte[11_000], default);
        Assert.Equal([3L], (await store.ReadAsync(room, all, default)).Entries.Select(entry => entry.Offset));
    }

    [Fact]
    public async Task A_log_that_had_to_go_does_not_come_back_in_its_epoch()
    {
        await using var store = new MemoryRoomLogStore(maxBytes: 5_000);
        var rare = new RoomLogKey("/", "rare");
        var first = await store.AppendAsync([Message("a", rare)], default);
        for (var number = 1; number <= 100; number++)
        {
            await store.AppendAsync([Message($"{number}")], default);
        }

        var again = await store.AppendAsync([Message("b", rare)], default);

        Assert.Equal(1, again[0].Position.Offset);
        Assert.NotEqual(first[0].Position.Epoch, again[0].Position.Epoch);
    }
}
