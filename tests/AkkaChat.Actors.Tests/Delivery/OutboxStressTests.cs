using System.Collections.Concurrent;
using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Tests.Support;
using AkkaChat.Transports;

namespace AkkaChat.Tests.Delivery;

public class OutboxStressTests
{
    private const int Writers = 6;
    private const int PacketsEach = 5000;

    [Fact]
    public async Task Many_writers_and_one_drainer_lose_and_repeat_nothing_and_keep_each_writers_order()
    {
        var outbox = new Outbox(long.MaxValue, () => { });
        var transport = new RecordingTransport(outbox);
        outbox.Attach(transport);

        await Limit.RunAtOnce(Writers, writer => WriteAll(outbox, writer));

        Assert.Equal(0, outbox.Bytes);
        AssertComplete(ReadAll(transport));
    }

    [Fact]
    public async Task A_change_of_the_drainer_between_packets_loses_and_repeats_nothing()
    {
        var outbox = new Outbox(long.MaxValue, () => { });
        var taken = new ConcurrentQueue<string>();
        var drainers = Enumerable.Range(0, 8).Select(_ => new SharedDrainer(outbox, taken)).ToArray();

        await Limit.RunAtOnce(Writers + 1, number =>
        {
            if (number < Writers)
            {
                WriteAll(outbox, number);
                return;
            }

            for (var change = 0; change < 2000; change++)
            {
                outbox.Attach(drainers[change % drainers.Length]);
            }
        });

        outbox.Attach(new SharedDrainer(outbox, taken));
        Assert.Equal(0, outbox.Bytes);

        // Two drainers, one after the other, may write at the same time, so only the set is certain here.
        Assert.Equal(Writers * PacketsEach, taken.Count);
        Assert.Equal(Writers * PacketsEach, taken.Distinct().Count());
    }

    [Fact]
    public async Task The_byte_bound_holds_with_many_writers_and_overflows_once()
    {
        var overflows = 0;
        var outbox = new Outbox(1000, () => Interlocked.Increment(ref overflows));
        var drainer = new StubDrainer();
        outbox.Attach(drainer);

        await Limit.RunAtOnce(Writers, _ =>
        {
            for (var packet = 0; packet < 200; packet++)
            {
                outbox.TryAdd(Wire.PackBytes(10));
            }
        });

        Assert.Equal(1, overflows);
        Assert.Equal(1000, outbox.Bytes);
        Assert.Equal(100, drainer.TakeFrom(outbox).Length);
    }

    /// <summary>A poll is parked under the transport's lock, which then asks the outbox; the outbox must not ask back.</summary>
    [Fact]
    public void A_volatile_packet_and_a_poll_at_the_same_time_do_not_lock_each_other_out()
    {
        using var isAsked = new ManualResetEventSlim();
        using var mayAnswer = new ManualResetEventSlim();
        using var hasAnswered = new ManualResetEventSlim();
        var outbox = new Outbox(1000, () => { });
        var polling = new PollingTransport(outbox);
        outbox.Attach(new SlowDrainer(isAsked, mayAnswer));

        var writer = StartThread(() => outbox.TryAddVolatile(Wire.Pack("v")));
        isAsked.WaitInTime();
        var poller = StartThread(() => polling.TryPark(new Poll()));
        Assert.True(SpinWait.SpinUntil(() => poller.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Limit.Time));
        var asker = StartThread(() =>
        {
            for (var number = 0; number < 5_000_000; number++)
            {
                _ = polling.IsReady;
            }

            hasAnswered.Set();
        });

        var isFree = hasAnswered.Wait(TimeSpan.FromSeconds(5));
        mayAnswer.Set();
        Assert.True(writer.Join(Limit.Time) && poller.Join(Limit.Time) && asker.Join(Limit.Time));
        Assert.True(isFree, "Whether a poll waits is asked under the outbox's lock, so it must not take another.");
    }

    private static Thread StartThread(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        return thread;
    }

    private static void WriteAll(Outbox outbox, int writer)
    {
        for (var number = 0; number < PacketsEach; number++)
        {
            Assert.True(outbox.TryAdd(Wire.Pack($"{writer}:{number}")));
        }
    }

    private static List<string> ReadAll(RecordingTransport transport)
    {
        var all = new List<string>();
        while (transport.Written.TryRead(out var text))
        {
            all.Add(text);
        }

        return all;
    }

    private static void AssertComplete(List<string> received)
    {
        Assert.Equal(Writers * PacketsEach, received.Count);
        for (var writer = 0; writer < Writers; writer++)
        {
            var prefix = $"4{writer}:";
            Assert.Equal(
                Enumerable.Range(0, PacketsEach).Select(number => prefix + number),
                received.Where(text => text.StartsWith(prefix, StringComparison.Ordinal)));
        }
    }

    private sealed class SharedDrainer(Outbox outbox, ConcurrentQueue<string> taken) : IOutboxDrainer
    {
        public bool IsReady => true;

        public void Wake()
        {
            List<WirePacket> batch = [];
            var bytes = outbox.Take(this, ref batch);
            foreach (var text in Wire.Read(batch))
            {
                taken.Enqueue(text);
            }

            outbox.Written(bytes);
        }
    }

    private sealed class SlowDrainer(ManualResetEventSlim isAsked, ManualResetEventSlim mayAnswer) : IOutboxDrainer
    {
        public bool IsReady
        {
            get
            {
                isAsked.Set();
                mayAnswer.WaitInTime();
                return false;
            }
        }

        public void Wake()
        {
        }
    }
}
