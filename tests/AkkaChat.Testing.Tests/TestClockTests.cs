namespace AkkaChat.Testing.Tests;

/// <summary>The clock by itself.</summary>
public sealed class TestClockTests
{
    private readonly TestClock _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_each_at_its_own()
    {
        Start("b", 2);
        Start("a", 1);
        Start("c", 2);

        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(["a at 1"], _fired);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["a at 1", "b at 2", "c at 2"], _fired);
        Assert.Equal(TimeSpan.FromSeconds(11.5), _clock.Elapsed);
    }

    [Fact]
    public void A_timer_with_a_period_fires_until_it_is_stopped()
    {
        using var timer = _clock.CreateTimer(_ => Note("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(6));
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], _fired);
    }

    [Fact]
    public void A_timer_may_set_another_that_is_due_within_the_same_advance()
    {
        using var first = _clock.CreateTimer(_ => Start("second", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["second at 2"], _fired);
    }

    [Fact]
    public void A_disposed_timer_does_not_fire()
    {
        var timer = Start("never", 1);
        timer.Dispose();

        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(_fired);
    }

    [Fact]
    public async Task What_the_framework_builds_on_a_clock_works()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(2), _clock);
        var waiting = new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromMinutes(3), _clock);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.False(cancellation.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(cancellation.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.Equal(TimeSpan.FromMinutes(3), _clock.GetElapsedTime(0));
    }

    [Fact]
    public void Time_does_not_go_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromSeconds(-1)));

    private ITimer Start(string name, double seconds) =>
        _clock.CreateTimer(_ => Note(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private void Note(string name) => _fired.Add(FormattableString.Invariant($"{name} at {_clock.Elapsed.TotalSeconds}"));
}
