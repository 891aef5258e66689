using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>Runs a load: warm-up, measured window, and then until everything under way has arrived or should have.</summary>
internal static class LoadRun
{
    private const long DrainLimit = 10 * Clock.Second;

    public static RunResult Measure(string scenario, IEventLoop loop, ILoad load, Target target, RunLength length)
    {
        var measurement = load.Measurement;
        load.Start();
        RunFor(loop, load, length.WarmUp);

        var before = Snapshot.Of(target);
        measurement.OpenWindow();
        RunFor(loop, load, length.Window);
        measurement.CloseWindow();
        var after = Snapshot.Of(target);
        var resident = target.ResidentKibibytes();

        load.Stop();
        Drain(loop, measurement);
        return Summary(measurement, before, after) with
        {
            Scenario = scenario,
            Server = target.Name,
            ResidentMebibytes = resident / 1024.0,
        };
    }

    private static void RunFor(IEventLoop loop, ILoad load, TimeSpan time)
    {
        var end = Clock.Now + Clock.Nanoseconds(time);
        for (var now = Clock.Now; now < end; now = Clock.Now)
        {
            load.Tick(now);
            // Rounded down: the last millisecond before something is due is spent turning, so that it is not late.
            var wait = (Math.Min(load.NextDue, end) - now) / Clock.Millisecond;
            loop.Turn((int)Math.Max(0, wait));
        }
    }

    private static void Drain(IEventLoop loop, Measurement measurement)
    {
        var end = Clock.Now + DrainLimit;
        while (measurement.Received < measurement.Expected && Clock.Now < end)
        {
            loop.Turn(timeoutMilliseconds: 10);
        }
    }

    private static RunResult Summary(Measurement measurement, Snapshot before, Snapshot after)
    {
        var seconds = (double)(after.Time - before.Time) / Clock.Second;
        var deliveries = measurement.InWindow;
        return new RunResult
        {
            Scenario = "",
            Server = "",
            CpuMicroseconds = deliveries == 0 ? null : (after.ServerCpu - before.ServerCpu) / 1000.0 / deliveries,
            DeliveriesPerSecond = deliveries / seconds,
            LatencyMilliseconds = deliveries == 0 ? null : LatencySummary.Of(measurement.Latency),
            ServerCpus = (after.ServerCpu - before.ServerCpu) / seconds / Clock.Second,
            GeneratorCpus = (after.GeneratorCpu - before.GeneratorCpu) / seconds / Clock.Second,
            Lost = measurement.Expected - measurement.Received,
            Duplicated = measurement.Duplicated,
            Reordered = measurement.Reordered,
            Misrouted = measurement.Misrouted,
        };
    }

    private readonly record struct Snapshot(long Time, long ServerCpu, long GeneratorCpu)
    {
        public static Snapshot Of(Target target) => new(
            Clock.Now, target.CpuNanoseconds(), ProcessMeter.CpuNanoseconds(Environment.ProcessId));
    }
}
