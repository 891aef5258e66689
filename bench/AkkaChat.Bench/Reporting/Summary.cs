namespace AkkaChat.Bench.Reporting;

/// <summary>The medians of all repetitions of one scenario against one server.</summary>
internal static class Summary
{
    /// <summary>The repetitions as one result; counts of flaws are sums, and a failure is the first one's.</summary>
    public static RunResult Of(IReadOnlyList<RunResult> runs)
    {
        var good = runs.Where(run => run.Failure is null).ToList();
        if (good.Count == 0)
        {
            return runs[0];
        }

        return good[0] with
        {
            Repetition = 0,
            CpuMicroseconds = Median(good, run => run.CpuMicroseconds),
            DeliveriesPerSecond = Median(good, run => run.DeliveriesPerSecond),
            LatencyMilliseconds = MedianLatency(good, run => run.LatencyMilliseconds),
            StoredPerSecond = Median(good, run => run.StoredPerSecond),
            AckMilliseconds = MedianLatency(good, run => run.AckMilliseconds),
            ConnectionsPerSecond = Median(good, run => run.ConnectionsPerSecond),
            KibibytesPerConnection = Median(good, run => run.KibibytesPerConnection),
            KibibytesPerRoom = Median(good, run => run.KibibytesPerRoom),
            ResidentMebibytes = Median(good, run => run.ResidentMebibytes),
            ServerCpus = Median(good, run => run.ServerCpus),
            GeneratorCpus = Median(good, run => run.GeneratorCpus),
            Lost = good.Sum(run => run.Lost),
            Duplicated = good.Sum(run => run.Duplicated),
            Reordered = good.Sum(run => run.Reordered),
            Misrouted = good.Sum(run => run.Misrouted),
        };
    }

    public static double? ValueOf(RunResult result, Figure figure) => figure switch
    {
        Figure.CpuMicroseconds => result.CpuMicroseconds,
        Figure.LatencyP99 => result.LatencyMilliseconds?.P99,
        Figure.KibibytesPerConnection => result.KibibytesPerConnection,
        Figure.KibibytesPerRoom => result.KibibytesPerRoom,
        Figure.ResidentMebibytes => result.ResidentMebibytes,
        Figure.StoredPerSecond => result.StoredPerSecond,
        Figure.ConnectionsPerSecond => result.ConnectionsPerSecond,
        _ => throw new ArgumentOutOfRangeException(nameof(figure)),
    };

    public static string UnitOf(Figure figure) => figure switch
    {
        Figure.CpuMicroseconds => "CPU µs",
        Figure.LatencyP99 => "p99 ms",
        Figure.KibibytesPerConnection => "KiB/connection",
        Figure.KibibytesPerRoom => "KiB/room",
        Figure.ResidentMebibytes => "RSS MiB",
        Figure.StoredPerSecond => "stored/s",
        _ => "connections/s",
    };

    private static LatencySummary? MedianLatency(IReadOnlyList<RunResult> runs, Func<RunResult, LatencySummary?> of)
    {
        double At(Func<LatencySummary, double> percentile) => Median(runs, run => of(run) is { } latency ? percentile(latency) : null) ?? 0;
        return of(runs[0]) is null
            ? null
            : new LatencySummary(
                At(latency => latency.P50),
                At(latency => latency.P90),
                At(latency => latency.P99),
                At(latency => latency.P999),
                At(latency => latency.Max));
    }

    private static double? Median(IReadOnlyList<RunResult> runs, Func<RunResult, double?> of)
    {
        var values = runs.Select(of).OfType<double>().Order().ToList();
        if (values.Count == 0)
        {
            return null;
        }

        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
