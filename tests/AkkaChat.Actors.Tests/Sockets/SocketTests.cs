using AkkaChat.Delivery;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Rooms;
using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Sockets;

/// <summary>A socket without actors: its rooms answer when the test says so.</summary>
public sealed class SocketTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ManualRouter _router = new();
    private readonly AkkaChatServer _server;
    private readonly Session _session;
    private readonly RecordingTransport _transport;
    private readonly Socket _socket;

    public SocketTests()
    {
        _server = TestServer.Create(options => options.EmitTimeout = TimeSpan.FromSeconds(5), _time);
        _session = SocketFactory.CreateSession(_server);
        _socket = SocketFactory.Create(_server, _router, _session);
        _transport = new RecordingTransport(_session.Outbox);
        _session.Outbox.Attach(_transport);
    }

    public void Dispose()
    {
        OperationScope.Current = null;
        _server.Dispose();
    }

    [Fact]
    public void It_is_a_member_of_its_namespace_before_the_client_can_know_that_it_is_connected()
    {
        var wasMember = false;
        _session.Outbox.Attach(new WakeDrainer(() => wasMember = _router.Sent is ["Join (everyone)"]));
        _socket.Open();

        Assert.True(wasMember);
        Assert.True(_socket.Connected);
    }

    [Fact]
    public async Task Design_5_2_an_emit_fails_when_its_room_does_not_answer_in_time()
    {
        var emit = _server.Main.To("room").EmitAsync("e");
        _time.Advance(TimeSpan.FromSeconds(4.5));
        Assert.False(emit.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => emit.EndInTime());
    }

    [Fact]
    public async Task Design_5_2_so_do_joins_and_leaves_and_questions_for_ids()
    {
        var join = _socket.JoinAsync("a");
        var leave = _socket.LeaveAsync("a");
        var ids = _server.Main.To("a").SocketIdsAsync();
        _time.Advance(TimeSpan.FromSeconds(5.5));

        await Assert.ThrowsAsync<TimeoutException>(() => join.EndInTime());
        await Assert.ThrowsAsync<TimeoutException>(() => leave.EndInTime());
        await Assert.ThrowsAsync<TimeoutException>(() => ids.EndInTime());
    }

    [Fact]
    public async Task An_emit_to_several_rooms_completes_when_all_of_them_have_answered()
    {
        var emit = _server.Main.To("a", "b").EmitAsync("e");
        Assert.Equal(["Visit a", "Visit b"], _router.Sent);

        _router.AnswerFirst();
        Assert.False(emit.IsCompleted);
        _router.AnswerFirst();
        await emit.EndInTime();
    }

    [Fact]
    public async Task The_time_of_a_join_begins_when_its_turn_comes()
    {
        OperationScope.Current = new OperationScope();
        var emit = _server.Main.To("x").EmitAsync("e");
        var join = _socket.JoinAsync("a");
        var other = _server.Main.To("y").EmitAsync("e");
        Assert.Equal(["Visit x"], _router.Sent);

        _time.Advance(TimeSpan.FromSeconds(5.5));
        await Assert.ThrowsAsync<TimeoutException>(() => emit.EndInTime());
        Assert.Equal(["Visit x", "Join a"], _router.Sent);
        Assert.False(join.IsCompleted);
        Assert.False(other.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(5.5));
        await Assert.ThrowsAsync<TimeoutException>(() => join.EndInTime());
        Assert.Equal(["Visit x", "Join a", "Leave a", "Visit y"], _router.Sent);
    }

    [Fact]
    public void A_join_that_waits_its_turn_does_not_end_before_it_has_begun()
    {
        OperationScope.Current = new OperationScope();
        _ = _server.Main.To("x").EmitAsync("e");
        _ = _server.Main.To("y").EmitAsync("e");
        var join = _socket.JoinAsync("a");
        _time.Advance(TimeSpan.FromSeconds(4.5));
        _router.AnswerFirst();
        _time.Advance(TimeSpan.FromSeconds(1));

        // The second emit has another four seconds, and nothing may overtake it.
        Assert.Equal(["Visit y"], _router.Sent);
        Assert.False(join.IsCompleted);
        Assert.Empty(_socket.Rooms);
    }

    [Fact]
    public async Task Leaving_ends_all_that_waits_for_the_client_and_leaves_all_rooms()
    {
        _socket.Open();
        _ = _socket.JoinAsync("a");
        var call = _socket.CallAsync<int>("e");
        _socket.Leave();

        await Assert.ThrowsAsync<SocketDisconnectedException>(() => call.EndInTime());
        Assert.Equal(["Join (everyone)", "Join a", "Leave a", "Leave (everyone)"], _router.Sent);
        await Limit.WaitUntil(() => _socket.Aborted.IsCancellationRequested);
        Assert.False(_socket.Connected);
    }

    [Fact]
    public void A_socket_that_was_never_let_in_leaves_no_namespace()
    {
        _socket.Leave();
        Assert.Empty(_router.Sent);
    }

    [Fact]
    public void It_is_in_its_rooms_and_in_the_room_of_its_own_id()
    {
        IRoomMember member = _socket;
        _ = _socket.JoinAsync("a");

        Assert.True(member.IsIn("a"));
        Assert.True(member.IsIn(_socket.Id));
        Assert.False(member.IsIn("b"));
    }

    [Fact]
    public void Items_are_the_applications_own()
    {
        _socket.Items["name"] = "ann";
        Assert.Equal("ann", _socket.Items["name"]);
    }

    [Fact]
    public void Reserved_names_are_those_of_the_protocol() =>
        Assert.All(ReservedEvents.Names, name => Assert.Throws<ArgumentException>(() => { _ = _socket.EmitAsync(name); }));

    private sealed class WakeDrainer(Action onWake) : IOutboxDrainer
    {
        public bool IsReady => true;

        public void Wake() => onWake();
    }
}
