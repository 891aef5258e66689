using AkkaChat.Delivery;
using AkkaChat.Dispatch;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Dispatch;

public class WakeBatchTests
{
    [Fact]
    public void What_is_put_into_an_outbox_within_a_batch_goes_out_at_its_end_in_one_go()
    {
        var (outbox, drainer) = Create();
        InBatch(() =>
        {
            outbox.TryAdd(Wire.Pack("a"));
            outbox.TryAdd(Wire.Pack("b"));
            Assert.Equal(0, drainer.Wakes);
        });

        Assert.Equal(1, drainer.Wakes);
        Assert.Equal(["4a", "4b"], drainer.TakeFrom(outbox));
    }

    [Fact]
    public void Much_for_one_connection_goes_out_within_the_batch()
    {
        var (outbox, drainer) = Create();
        InBatch(() =>
        {
            outbox.TryAdd(Wire.PackBytes(40_000));
            Assert.Equal(1, drainer.Wakes);
        });
    }

    [Fact]
    public void A_volatile_packet_is_not_dropped_because_of_what_a_batch_holds_back()
    {
        var outbox = new Outbox(1000, () => { });
        var transport = new RecordingTransport(outbox);
        outbox.Attach(transport);
        InBatch(() =>
        {
            outbox.TryAdd(Wire.Pack("a"));
            Assert.True(outbox.TryAddVolatile(Wire.Pack("b")));
        });

        Assert.True(transport.Written.TryRead(out var first));
        Assert.True(transport.Written.TryRead(out var second));
        Assert.Equal(("4a", "4b"), (first, second));
    }

    [Fact]
    public void A_new_drainer_gets_what_a_batch_held_back_for_the_old_one()
    {
        var (outbox, old) = Create();
        var next = new StubDrainer();
        InBatch(() =>
        {
            outbox.TryAdd(Wire.Pack("a"));
            outbox.Attach(next);
            outbox.TryAdd(Wire.Pack("b"));
        });

        Assert.Empty(old.TakeFrom(outbox));
        Assert.True(next.Wakes > 0);
        Assert.Equal(["4a", "4b"], next.TakeFrom(outbox));
    }

    [Fact]
    public async Task All_outboxes_of_a_large_batch_are_written()
    {
        var all = Enumerable.Range(0, 1000).Select(_ => Create()).ToArray();
        await Limit.RunAtOnce(4, thread => InBatch(() =>
        {
            foreach (var (outbox, _) in all)
            {
                outbox.TryAdd(Wire.Pack($"{thread}"));
            }
        }));

        await Limit.WaitUntil(() => Array.TrueForAll(all, one => one.Drainer.Wakes > 0));
        Assert.All(all, one => Assert.Equal(4, one.Drainer.TakeFrom(one.Outbox).Length));
    }

    [Fact]
    public void What_is_much_for_a_small_outbox_goes_out_within_the_batch()
    {
        var drainer = new StubDrainer();
        var outbox = new Outbox(1_000, () => Assert.Fail("It had no chance to be written."));
        outbox.Attach(drainer);
        InBatch(() =>
        {
            outbox.TryAdd(Wire.PackBytes(300));
            Assert.Equal(1, drainer.Wakes);
        });
    }

    [Fact]
    public void What_a_thread_that_stands_still_holds_back_is_written_by_another()
    {
        var (outbox, drainer) = Create();
        InBatch(() =>
        {
            outbox.TryAdd(Wire.Pack("a"));

            // As a handler does that blocks after it has emitted.
            Assert.True(SpinWait.SpinUntil(() => drainer.Wakes == 1, Limit.Time));
        });

        Assert.Equal(1, drainer.Wakes);
    }

    private static (Outbox Outbox, StubDrainer Drainer) Create()
    {
        var drainer = new StubDrainer();
        var outbox = new Outbox(100_000, () => { });
        outbox.Attach(drainer);
        return (outbox, drainer);
    }

    private static void InBatch(Action work)
    {
        WakeBatch.Begin();
        try
        {
            work();
        }
        finally
        {
            WakeBatch.End();
        }
    }
}
