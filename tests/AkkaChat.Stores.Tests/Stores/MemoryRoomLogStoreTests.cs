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
