using AkkaChat.Delivery;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Delivery;

public class OutboxTests
{
    private readonly StubDrainer _drainer = new();
    private readonly Outbox _outbox;
    private int _overflows;

    public OutboxTests()
    {
        _outbox = new Outbox(100, () => _overflows++);
        _outbox.Attach(_drainer);
    }

    [Fact]
    public void All_that_waits_is_taken_at_once_in_order()
    {
        Assert.True(_outbox.TryAdd(Wire.Pack("a")));
        Assert.True(_outbox.TryAdd(Wire.Pack("b")));
        Assert.True(_outbox.TryAdd(Wire.Pack("c")));

        Assert.Equal(["4a", "4b", "4c"], _drainer.TakeFrom(_outbox));
        Assert.Empty(_drainer.TakeFrom(_outbox));
    }

    [Fact]
    public void Each_packet_wakes_the_drainer()
    {
        _outbox.TryAdd(Wire.Pack("a"));
        _outbox.TryAdd(Wire.Pack("b"));

        Assert.Equal(2, _drainer.Wakes);
    }

    [Fact]
    public void Bytes_count_until_they_are_written()
    {
        _outbox.TryAdd(Wire.PackBytes(30));
        _outbox.TryAdd(Wire.PackBytes(20));
        _drainer.TakeFrom(_outbox, out var bytes);

        Assert.Equal(50, bytes);
        Assert.Equal(50, _outbox.Bytes);
        Assert.False(_outbox.IsEmpty);

        _outbox.Written(bytes);
        Assert.True(_outbox.IsEmpty);
    }

    [Fact]
    public void It_holds_exactly_as_many_bytes_as_its_limit()
    {
        Assert.True(_outbox.TryAdd(Wire.PackBytes(60)));
        Assert.True(_outbox.TryAdd(Wire.PackBytes(40)));
        Assert.Equal(0, _overflows);

        Assert.False(_outbox.TryAdd(Wire.PackBytes(1)));
        Assert.Equal(1, _overflows);
    }

    [Fact]
    public void What_is_being_written_counts_against_the_limit()
    {
        _outbox.TryAdd(Wire.PackBytes(60));
        _drainer.TakeFrom(_outbox);

        Assert.False(_outbox.TryAdd(Wire.PackBytes(41)));
        Assert.Equal(1, _overflows);
    }

    [Fact]
    public void One_packet_over_the_limit_goes_into_an_empty_outbox()
    {
        Assert.True(_outbox.TryAdd(Wire.PackBytes(5000)));
        Assert.Equal(5000, _outbox.Bytes);
        Assert.Equal(0, _overflows);
    }

    [Fact]
    public void After_an_overflow_nothing_more_gets_in_and_it_is_reported_once()
    {
        _outbox.TryAdd(Wire.PackBytes(80));
        Assert.False(_outbox.TryAdd(Wire.PackBytes(80)));

        Assert.False(_outbox.TryAdd(Wire.PackBytes(1)));
        Assert.False(_outbox.TryAddVolatile(Wire.PackBytes(1)));
        Assert.Equal(1, _overflows);
        Assert.Single(_drainer.TakeFrom(_outbox));
    }

    [Fact]
    public void Empty_packets_are_bounded_and_taken_too()
    {
        var added = 0;
        while (added <= 1000 && _outbox.TryAdd(Wire.PackBytes(0)))
        {
            added++;
        }

        Assert.InRange(added, 1, 1000);
        Assert.Equal(1, _overflows);
        Assert.Equal(added, _drainer.TakeFrom(_outbox, out var bytes).Length);
        Assert.True(bytes > 0, "A drainer that is told of no bytes believes that there is nothing to write.");
        _outbox.Written(bytes);
        Assert.True(_outbox.IsEmpty);
    }

    [Fact]
    public void A_volatile_packet_goes_into_an_empty_outbox_with_a_ready_drainer()
    {
        Assert.True(_outbox.TryAddVolatile(Wire.Pack("v")));
        Assert.Equal(["4v"], _drainer.TakeFrom(_outbox));
    }

    [Fact]
    public void A_volatile_packet_is_dropped_while_anything_waits_or_is_being_written()
    {
        _outbox.TryAdd(Wire.Pack("a"));
        Assert.False(_outbox.TryAddVolatile(Wire.Pack("v")));

        _drainer.TakeFrom(_outbox, out var bytes);
        Assert.False(_outbox.TryAddVolatile(Wire.Pack("v")));

        _outbox.Written(bytes);
        Assert.True(_outbox.TryAddVolatile(Wire.Pack("v")));
    }

    [Fact]
    public void A_volatile_packet_is_dropped_while_the_drainer_is_not_ready_or_there_is_none()
    {
        _drainer.IsReady = false;

        Assert.False(_outbox.TryAddVolatile(Wire.Pack("v")));
        Assert.False(new Outbox(100, () => { }).TryAddVolatile(Wire.Pack("v")));
        Assert.Equal(0, _overflows);
    }

    [Fact]
    public void A_volatile_packet_over_the_limit_closes_nobody()
    {
        _outbox.TryAdd(Wire.PackBytes(90));

        Assert.False(_outbox.TryAddVolatile(Wire.PackBytes(90)));
        Assert.Equal(0, _overflows);
    }

    [Fact]
    public void A_drainer_that_was_replaced_takes_nothing()
    {
        var second = new StubDrainer();
        _outbox.TryAdd(Wire.Pack("a"));
        _outbox.Attach(second);

        Assert.Empty(_drainer.TakeFrom(_outbox));
        Assert.Equal(1, second.Wakes);
        Assert.Equal(["4a"], second.TakeFrom(_outbox));
    }

    [Fact]
    public void A_drainer_is_woken_on_arrival_only_if_something_waits()
    {
        var second = new StubDrainer();
        _outbox.Attach(second);

        Assert.Equal(0, second.Wakes);
    }

    [Fact]
    public void A_completed_outbox_takes_nothing_in_but_gives_what_waits()
    {
        _outbox.TryAdd(Wire.Pack("a"));
        _outbox.Complete();

        Assert.False(_outbox.TryAdd(Wire.Pack("b")));
        Assert.Equal(["4a"], _drainer.TakeFrom(_outbox));
        Assert.Equal(0, _overflows);
    }

    [Fact]
    public void The_drainer_is_woken_outside_the_lock()
    {
        var fromElsewhere = false;
        var outbox = new Outbox(100, () => { });
        var drainer = new CallbackDrainer(() => fromElsewhere = CanUseFromAnotherThread(outbox));
        outbox.Attach(drainer);

        outbox.TryAdd(Wire.Pack("a"));

        Assert.True(fromElsewhere);
    }

    [Fact]
    public void The_overflow_is_reported_outside_the_lock()
    {
        Outbox outbox = null!;
        var fromElsewhere = false;
        outbox = new Outbox(1, () => fromElsewhere = CanUseFromAnotherThread(outbox));
        outbox.TryAdd(Wire.Pack("a"));
        outbox.TryAdd(Wire.Pack("b"));

        Assert.True(fromElsewhere);
    }

    private static bool CanUseFromAnotherThread(Outbox outbox)
    {
        using var done = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            outbox.Attach(new StubDrainer());
            done.Set();
        });
        thread.Start();
        return done.Wait(Limit.Time);
    }

    private sealed class CallbackDrainer(Action onWake) : IOutboxDrainer
    {
        public bool IsReady => true;

        public void Wake() => onWake();
    }
}
