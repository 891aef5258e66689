using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Chat;

public sealed class MessageSqliteTests : MessageTests
{
    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}

public sealed class CarriedFileSqliteTests : CarriedFileTests
{
    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}

public sealed class RoomSqliteTests : RoomTests
{
    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}

public sealed class CatchUpSqliteTests : CatchUpTests
{
    [StoreFact]
    public async Task A_lost_log_leaves_the_messages_and_new_ones_count_on()
    {
        var (ana, _, room) = await TwoInLobbyAsync();
        var position = (await ana.SayAsync(room, "old")).GetProperty("position");
        await ana.DoAsync("history", new { room });

        await RestartAsync(lose: "rooms.db");
        var again = await World.AgainAsync(ana);
        var entered = await again.DoAsync("enter", new { room, since = position });
        var said = await again.SayAsync(room, "new");

        Assert.False(entered.GetProperty("isContinuous").GetBoolean());
        Assert.True(said.GetProperty("id").GetInt64() > position.GetProperty("offset").GetInt64());
        Assert.Equal("old|new", await again.TextsAsync(room));
    }

    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}

public sealed class MemberSqliteTests : MemberTests
{
    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}

public sealed class RoomLimitSqliteTests : RoomLimitTests
{
    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}

public sealed class VisitSqliteTests : VisitTests
{
    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}

public sealed class RedactionSqliteTests : RedactionTests
{
    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}

public sealed class InterruptionSqliteTests : InterruptionTests
{
    private protected override Task<ChatWorld> StartAsync() => ChatWorld.StartAsync();
}
