using AkkaChat.Delivery;
using AkkaChat.Testing.Settling;

namespace AkkaChat.Testing;

/// <summary>
/// Time that stands still until a test moves it. The server's heartbeats, deadlines, call timeouts and credentials run
/// on it, and so does every application code that takes a <see cref="TimeProvider"/>. Thread-safe.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<TestTimer> _timers = new(TestTimer.ByDue);
    private readonly DateTimeOffset _start;
    private long _now;
    private long _lastNumber;
    private long _changes;
    private int _starting;

    /// <summary>A clock that begins on 1 January 2026, midnight UTC.</summary>
    public TestClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that begins at this moment.</summary>
    /// <param name="start">What it shows until it is moved.</param>
    public TestClock(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far it has been moved.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _now));

    /// <summary>Counts timers that were set, stopped or run out: whether anything has happened.</summary>
    internal long Changes => Volatile.Read(ref _changes);

    /// <summary>Whether timers that were due at once are still about to run.</summary>
    internal bool IsStarting => Volatile.Read(ref _starting) > 0;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the time on and runs the timers that become due, in order, each at its own time and in the calling thread.
    /// It does not wait for what they set going; <see cref="ChatTestServer.AdvanceAsync"/> does.
    /// </summary>
    /// <param name="by">How far, not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(Elapsed + by);
    }

    internal void AdvanceTo(TimeSpan target)
    {
        while (TakeDue(target.Ticks) is { } timer)
        {
            timer.Run();
        }

        lock (_gate)
        {
            _now = Math.Max(_now, target.Ticks);
        }
    }

    /// <summary>
    /// The next moment up to the target at which a timer runs out; null if none does. The server's regular look for
    /// overdue operations is no such moment: it runs on the way.
    /// </summary>
    internal TimeSpan? NextStop(TimeSpan target)
    {
        lock (_gate)
        {
            foreach (var timer in _timers)
            {
                if (!timer.IsHousekeeping)
                {
                    return timer.Due <= target.Ticks ? TimeSpan.FromTicks(timer.Due) : null;
                }
            }

            return null;
        }
    }

    internal bool Set(TestTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            Disarm(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime > TimeSpan.Zero)
            {
                Arm(timer, _now + dueTime.Ticks);
            }
            else if (dueTime == TimeSpan.Zero)
            {
                RunSoon(timer);
            }

            return true;
        }
    }

    internal void Remove(TestTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            Disarm(timer);
        }
    }

    private TestTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } next || next.Due > target)
            {
                return null;
            }

            Disarm(next);
            _now = Math.Max(_now, next.Due);
            if (next.Period > 0)
            {
                Arm(next, next.Due + next.Period);
            }

            return next;
        }
    }

    /// <summary>Due at once: as with a real clock it runs in another thread.</summary>
    private void RunSoon(TestTimer timer)
    {
        _changes++;
        Interlocked.Increment(ref _starting);
        if (timer.Period > 0)
        {
            Arm(timer, _now + timer.Period);
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            soon =>
            {
                soon.Run();
                Interlocked.Decrement(ref _starting);
            },
            timer,
            preferLocal: false);
    }

    private void Arm(TestTimer timer, long due)
    {
        timer.Due = due;
        timer.Number = ++_lastNumber;
        _timers.Add(timer);
        _changes++;
        timer.Owner?.OnTimerSet();
    }

    private void Disarm(TestTimer timer)
    {
        if (_timers.Remove(timer))
        {
            _changes++;
            timer.Owner?.OnTimerEnded();
        }
    }
}

/// <summary>One timer of a <see cref="TestClock"/>. Its clock's lock guards what can be set.</summary>
internal sealed class TestTimer : ITimer
{
    public static readonly Comparer<TestTimer> ByDue = Comparer<TestTimer>.Create(
        static (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Number.CompareTo(b.Number));

    private readonly TestClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public TestTimer(TestClock clock, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        Owner = callback.Target is Sockets.CredentialExpiry ? null : HandlerRun.Current;
    }

    /// <summary>The handler that waits for this timer, or may; null if it was set elsewhere.</summary>
    public HandlerRun? Owner { get; }

    /// <summary>Whether it only looks for what is overdue, again and again.</summary>
    public bool IsHousekeeping => _callback.Target is OperationDeadlines;

    public long Due { get; set; }

    /// <summary>Of timers due at the same time the one that was set first runs first.</summary>
    public long Number { get; set; }

    public long Period { get; set; }

    public bool IsDisposed { get; set; }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period) => _clock.Set(this, dueTime, period);

    public void Run()
    {
        if (_context is null)
        {
            _callback(_state);
        }
        else
        {
            ExecutionContext.Run(_context, static timer => ((TestTimer)timer!).Call(), this);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _clock.Remove(this);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Call() => _callback(_state);
}
