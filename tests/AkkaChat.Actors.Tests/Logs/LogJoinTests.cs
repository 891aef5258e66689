using System.Diagnostics.CodeAnalysis;
using AkkaChat.Logs;
using AkkaChat.Stores;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Logs;

/// <summary>Joins of durable rooms that fail before, while and after they take effect; rooms answer when the test says so.</summary>
public sealed class LogJoinTests : IDisposable
{
    private static readonly LogPosition Top = new("e", 0);

    private readonly ManualRouter _router = new();
    private readonly AkkaChatServer _server;
    private readonly Socket _socket;

    public LogJoinTests()
    {
        _server = TestServer.Create(services: new MemoryLogs());
        _socket = SocketFactory.Create(_server, _router);
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_join_that_has_failed_does_not_bring_the_socket_into_the_room_later()
    {
        var join = Join();
        join.Fail(new TimeoutException());

        await join.JoinAsync(Top).EndInTime();

        Assert.Empty(_socket.Rooms);
        Assert.Empty(_router.Sent);
    }

    [Fact]
    public async Task A_join_that_fails_while_the_room_has_not_answered_is_undone()
    {
        var join = Join();
        await join.JoinAsync(Top).EndInTime();
        Assert.Equal(["lobby"], _socket.Rooms);

        join.Fail(new TimeoutException());

        Assert.Empty(_socket.Rooms);
        Assert.Equal(["Join lobby", "Leave lobby"], _router.Sent);
    }

    [Fact]
    public async Task A_join_that_has_succeeded_stays()
    {
        var join = Join();
        await join.JoinAsync(Top).EndInTime();
        _router.AnswerFirst();
        await join.Task.EndInTime();

        join.Fail(new TimeoutException());

        Assert.Equal(["lobby"], _socket.Rooms);
    }

    [Fact]
    public async Task A_join_that_is_refused_takes_the_socket_out_of_nothing()
    {
        _ = _socket.JoinAsync("lobby");
        var join = Join();

        await join.JoinAsync(Top).EndInTime();

        await Assert.ThrowsAsync<InvalidOperationException>(() => join.Task.EndInTime());
        Assert.Equal(["lobby"], _socket.Rooms);
    }

    private LogJoinOperation Join() => new(_server.Logs!, _server.Main, "lobby", _socket, null, 0);

    [SuppressMessage("Design", "CA1001", Justification = "A store in memory holds nothing.")]
    private sealed class MemoryLogs : IServiceProvider
    {
        private readonly MemoryRoomLogStore _store = new();

        public object? GetService(Type serviceType) => serviceType == typeof(IRoomLogStore) ? _store : null;
    }
}
