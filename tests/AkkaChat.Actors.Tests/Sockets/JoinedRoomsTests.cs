using AkkaChat.Delivery;
using AkkaChat.Sockets;
using AkkaChat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaChat.Tests.Sockets;

public sealed class JoinedRoomsTests : IDisposable
{
    private readonly ManualRouter _router = new();
    private readonly JoinedRooms _rooms;

    public JoinedRoomsTests() => _rooms = new JoinedRooms(new RecordingMember("me"), _router, limit: 3, new RoomCensus());

    public void Dispose() => OperationScope.Current = null;

    [Fact]
    public void Joining_and_leaving_tell_the_room_and_change_the_list()
    {
        Join("a");
        Join("b");
        Leave("a");

        Assert.Equal(["Join a", "Join b", "Leave a"], _router.Sent);
        Assert.Equal(["b"], _rooms.Snapshot());
        Assert.True(_rooms.Contains("b"));
        Assert.False(_rooms.Contains("a"));
    }

    [Fact]
    public void Joining_again_and_leaving_a_room_one_is_not_in_are_done_at_once()
    {
        Join("a");

        Assert.True(Join("a").Task.IsCompletedSuccessfully);
        Assert.True(Leave("b").Task.IsCompletedSuccessfully);
        Assert.Equal(["Join a"], _router.Sent);
    }

    [Fact]
    public void A_join_that_has_failed_can_be_tried_again_and_asks_the_room_again()
    {
        using var deadlines = new OperationDeadlines(TimeSpan.FromSeconds(5), TimeProvider.System, new ServerLog(NullLogger.Instance));
        var failed = new JoinOperation(_rooms, "a", deadlines);
        failed.Start();
        failed.Fail(new TimeoutException());
        Assert.False(_rooms.Contains("a"));

        var again = Join("a");

        Assert.Equal(["Join a", "Leave a", "Join a"], _router.Sent);
        Assert.False(again.HasEnded);
        Assert.True(_rooms.Contains("a"));
    }

    [Fact]
    public async Task There_is_a_limit_to_the_rooms_of_one_socket()
    {
        Join("a");
        Join("b");
        Join("c");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Join("d").Task.EndInTime());
        Assert.Contains("akkachat.max-rooms-per-socket", exception.Message, StringComparison.Ordinal);
        Leave("a");
        Assert.False(Join("d").HasEnded);
    }

    [Fact]
    public void A_reserved_room_is_on_the_list_and_told_when_the_join_is_completed()
    {
        var join = new Unawaited();

        Assert.True(_rooms.TryReserve("a", join));
        Assert.True(_rooms.Contains("a"));
        Assert.Empty(_router.Sent);
        _rooms.CompleteJoin("a", join);

        Assert.Equal(["Join a"], _router.Sent);
        Assert.False(join.HasEnded);
    }

    [Fact]
    public void Who_leaves_before_a_join_is_completed_does_not_come_in()
    {
        var join = new Unawaited();
        _rooms.TryReserve("a", join);

        _rooms.Close();
        _rooms.CompleteJoin("a", join);

        Assert.Equal(["Leave a"], _router.Sent);
        Assert.True(join.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_room_one_is_in_a_room_too_many_and_any_after_the_end_cannot_be_reserved()
    {
        async Task<string> WhyNotAsync(string room)
        {
            var join = new Unawaited();
            Assert.False(_rooms.TryReserve(room, join));
            return (await Assert.ThrowsAsync<InvalidOperationException>(() => join.Task.EndInTime())).Message;
        }

        Join("a");
        Assert.Contains("already", await WhyNotAsync("a"), StringComparison.Ordinal);
        Join("b");
        Join("c");
        Assert.Contains("akkachat.max-rooms-per-socket", await WhyNotAsync("d"), StringComparison.Ordinal);
        _rooms.Close();
        Assert.Contains("disconnected", await WhyNotAsync("d"), StringComparison.Ordinal);
        Assert.Equal(["Join a", "Join b", "Join c"], _router.Sent.Take(3));
    }

    [Fact]
    public void Closing_leaves_all_rooms_and_joins_none_any_more()
    {
        Join("a");
        Join("b");
        _rooms.Close();

        Assert.Equal(["Join a", "Join b", "Leave a", "Leave b"], _router.Sent.Order());
        Assert.Empty(_rooms.Snapshot());
        Assert.True(Join("c").Task.IsCompletedSuccessfully);
        Assert.Equal(4, _router.Sent.Length);
    }

    [Fact]
    public async Task The_list_and_the_messages_agree_when_threads_join_and_leave_at_once()
    {
        var rooms = new JoinedRooms(new RecordingMember("me"), _router, limit: 1000, new RoomCensus());
        await Limit.RunAtOnce(4, number =>
        {
            for (var round = 0; round < 2000; round++)
            {
                if ((round + number) % 2 == 0)
                {
                    rooms.Join("a", new Unawaited());
                }
                else
                {
                    rooms.Leave("a", new Unawaited());
                }
            }
        });

        var sent = _router.Sent;
        Assert.Equal(sent.Where((_, index) => index % 2 == 0), Enumerable.Repeat("Join a", (sent.Length + 1) / 2));
        Assert.Equal(sent[^1] == "Join a", rooms.Contains("a"));
    }

    /// <summary>What an operation's end sets going may use the rooms of another socket, which may do the same.</summary>
    [Theory]
    [InlineData("joined already")]
    [InlineData("over the limit")]
    [InlineData("not joined")]
    public void An_operation_ends_outside_the_lock(string how)
    {
        Join("joined already");
        Join("b");
        Join("c");
        var scope = new OperationScope();
        OperationScope.Current = scope;
        var wasFree = false;
        var first = new StubOperation("x");
        _ = OperationScope.Run(first);
        _ = OperationScope.Run(new StubOperation("y", operation =>
        {
            if (how == "not joined")
            {
                _rooms.Leave(how, operation);
            }
            else
            {
                _rooms.Join(how, operation);
            }
        }));
        _ = OperationScope.Run(new StubOperation("z", _ => wasFree = CanUseFromAnotherThread()));
        first.Done();

        Assert.True(wasFree);
    }

    private bool CanUseFromAnotherThread()
    {
        using var done = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            _rooms.Contains("a");
            done.Set();
        });
        thread.Start();
        return done.Wait(TimeSpan.FromSeconds(2));
    }

    private StubOperation Join(string room)
    {
        var operation = new StubOperation(room);
        _rooms.Join(room, operation);
        return operation;
    }

    private StubOperation Leave(string room)
    {
        var operation = new StubOperation(room);
        _rooms.Leave(room, operation);
        return operation;
    }
}
