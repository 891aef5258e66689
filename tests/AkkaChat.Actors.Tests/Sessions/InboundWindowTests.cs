using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Sessions;

public class InboundWindowTests
{
    private readonly ManualTime _time = new();
    private readonly InboundWindow _window;

    public InboundWindowTests() => _window = new InboundWindow(maxEvents: 2, maxBytes: 100, _time);

    [Fact]
    public void It_lets_as_many_events_in_as_its_limit()
    {
        Assert.True(Enter(1).IsCompletedSuccessfully);
        Assert.True(Enter(1).IsCompletedSuccessfully);
        Assert.False(Enter(1).IsCompleted);
    }

    [Fact]
    public void The_packet_that_goes_over_the_byte_limit_is_the_last_that_gets_in()
    {
        Assert.True(Enter(99).IsCompletedSuccessfully);
        _window.Release(99);
        Assert.True(Enter(5000).IsCompletedSuccessfully);
        Assert.False(Enter(0).IsCompleted);
    }

    [Fact]
    public async Task A_reader_goes_on_when_room_is_given_back()
    {
        _window.Hold(1);
        _window.Hold(1);
        var waiting = Enter(1);
        Assert.False(waiting.IsCompleted);

        _window.Release(1);
        await waiting.EndInTime();
        Assert.False(Enter(1).IsCompleted);
    }

    [Fact]
    public async Task What_is_held_can_go_over_and_must_come_back_below()
    {
        _window.Hold(1);
        _window.Hold(1);
        _window.Hold(1);
        var waiting = Enter(1);

        _window.Release(1);
        Assert.False(waiting.IsCompleted);
        _window.Release(1);
        await waiting.EndInTime();
    }

    [Fact]
    public async Task A_reader_that_is_cancelled_takes_no_room()
    {
        _window.Hold(1);
        _window.Hold(1);
        using var cancellation = new CancellationTokenSource();
        var waiting = _window.EnterAsync(1, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.EndInTime());

        _window.Release(1);
        Assert.True(Enter(1).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_stall_lasts_from_the_first_wait_until_room_is_given_back()
    {
        Assert.Null(_window.LastStall);
        _window.Hold(1);
        _window.Hold(1);
        Assert.Null(_window.LastStall);

        var since = _time.Elapsed;
        var waiting = Enter(1);
        Assert.Equal(since, _window.LastStall?.Since);
        Assert.Null(_window.LastStall?.Until);

        _time.Advance(TimeSpan.FromSeconds(7));
        _window.Release(1);
        await waiting.EndInTime();
        Assert.Equal(since + TimeSpan.FromSeconds(7), _window.LastStall?.Until);
    }

    [Fact]
    public async Task Many_packets_through_a_small_window_all_get_in()
    {
        var window = new InboundWindow(3, 1000, TimeProvider.System);
        var inside = 0;
        var most = 0;
        var all = Enumerable.Range(0, 2000).Select(async _ =>
        {
            await window.EnterAsync(10, default);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            window.Release(10);
        });

        await Task.WhenAll(all).EndInTime();
        Assert.InRange(most, 1, 3);
    }

    private Task Enter(int bytes) => _window.EnterAsync(bytes, default).AsTask();
}
