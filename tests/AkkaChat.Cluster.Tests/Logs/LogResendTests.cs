using AkkaChat.Logs.Clustered;
using AkkaChat.Rooms;
using AkkaChat.Stores;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Tests.Logs;

/// <summary>What the node that writes has stored, while the room that it is for has no owner.</summary>
public sealed class LogResendTests : IAsyncLifetime
{
    private static readonly TimeSpan ResendEvery = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly ManualRouter _router = new();
    private readonly AkkaChatServer _server;

    public LogResendTests()
    {
        _server = TestServer.Create(time: _time, services: new SharedFile().StoreOfNode());
        _server.Logs!.StartInCluster(new FakeElection { Elected = _server.Incarnation }, largest: 1 << 20);
        _server.Main.Start(_router);
    }

    private IRoomLog Lobby => _server.Main.LogOf("lobby");

    public Task InitializeAsync() => Limit.WaitUntil(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(200));
        return _server.Logs!.Cluster!.IsWriting;
    });

    public Task DisposeAsync()
    {
        _server.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_is_sent_again_until_the_room_takes_it()
    {
        var position = await PublishInVainAsync("a");
        for (var time = 0; time < 2; time++)
        {
            await Limit.WaitUntil(() =>
            {
                _time.Advance(ResendEvery);
                return _router.Messages.Count > 0;
            });
            Assert.Equal(position, await TakeAsync(succeeds: time == 1));
        }

        _time.Advance(ResendEvery);
        Assert.Empty(_router.Messages);
    }

    [Fact]
    public async Task The_newest_is_enough()
    {
        await PublishInVainAsync("a");
        var second = await PublishInVainAsync("b");

        _time.Advance(ResendEvery);

        Assert.Equal(second, await TakeAsync(succeeds: true));
        Assert.Empty(_router.Messages);
    }

    [Fact]
    public async Task What_fails_again_does_not_take_the_place_of_what_came_after_the_log_was_cleared()
    {
        using var resends = new LogResends(_server.Logs!);
        var (before, after) = (new LogPosition("first life", 7), new LogPosition("second life", 1));
        Fail(before);
        _time.Advance(ResendEvery);
        var underWay = await NextAsync();

        Fail(after);
        Fail(before);
        _time.Advance(ResendEvery);

        Assert.Equal(before, PositionOf(underWay));
        Assert.Equal(after, PositionOf(await NextAsync()));

        void Fail(LogPosition position) => resends.Add(new RoomLogKey("/", "lobby"), position, "chat", _server.Main.Serializer.Arguments(["a"]));
    }

    private async Task<LogPosition> PublishInVainAsync(string text)
    {
        var publish = Lobby.PublishAsync("chat", text);
        var position = await TakeAsync(succeeds: false);
        Assert.Equal("log_unavailable", (await Assert.ThrowsAsync<EventException>(() => publish.EndInTime())).Code);
        return position;
    }

    /// <summary>The next message of the log that goes to the room, which takes it or fails it.</summary>
    private async Task<LogPosition> TakeAsync(bool succeeds)
    {
        var next = await NextAsync();
        if (succeeds)
        {
            next.Operation.Done();
        }
        else
        {
            next.Operation.Fail(new TimeoutException());
        }

        return PositionOf(next);
    }

    private static LogPosition PositionOf(RoomMessages.RoomMessage message) => ((RoomMessages.Visit)message).Visitor.Describe()!.Log!.Value.Position;

    private async Task<RoomMessages.RoomMessage> NextAsync()
    {
        await Limit.WaitUntil(() => _router.Messages.Count > 0);
        return _router.TakeFirst();
    }
}
