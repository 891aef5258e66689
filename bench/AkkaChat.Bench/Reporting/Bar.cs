namespace AkkaChat.Bench.Reporting;

/// <summary>What AkkaChat has to reach in a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Figure">What is compared.</param>
/// <param name="Peer">With which server; null if the limit is a number of its own, or of another scenario.</param>
/// <param name="Limit">The ratio to that server, or the number itself.</param>
internal sealed record Bar(string Scenario, Figure Figure, string? Peer, double Limit)
{
    private const int StalledClients = 5;

    /// <summary>MiB that may wait for one client, by default: memory's ceiling is that of all who do not read.</summary>
    private const int OutboxLimit = 4;

    /// <summary>The bar applies to this AkkaChat server only; null for all.</summary>
    public string? Server { get; init; }

    /// <summary>AkkaChat's own result in this scenario is what is compared with.</summary>
    public string? OwnScenario { get; init; }

    /// <summary>The difference counts, not the ratio.</summary>
    public bool IsDifference { get; init; }

    /// <summary>True if more is better.</summary>
    public bool IsFloor { get; init; }

    public static IReadOnlyList<Bar> All { get; } =
    [
        new("fanout-1000-k4", Figure.CpuMicroseconds, "node", 0.35),
        new("fanout-1000-k4", Figure.CpuMicroseconds, "kestrel", 1.0),
        new("fanout-1000-k1", Figure.CpuMicroseconds, "node", 0.65),
        new("fanout-5000-k4", Figure.CpuMicroseconds, "node", 0.40),
        new("fanout-5000-k4", Figure.CpuMicroseconds, "signalr", 0.40),
        new("rooms", Figure.CpuMicroseconds, "node", 0.65),
        new("echo-1000x1", Figure.CpuMicroseconds, "node", 0.75),
        new("echo-50x16", Figure.CpuMicroseconds, "node", 0.30),
        new("paced", Figure.LatencyP99, "node", 1.0),
        new("stalled", Figure.LatencyP99, null, 1.2) { OwnScenario = "readers" },
        new("stalled", Figure.ResidentMebibytes, null, StalledClients * OutboxLimit) { OwnScenario = "readers", IsDifference = true },
        new("idle", Figure.KibibytesPerConnection, null, 24) { Server = "akkachat-standard" },
        new("idle", Figure.KibibytesPerConnection, null, 20) { Server = "akkachat-restricted" },
        new("cluster-fanout", Figure.CpuMicroseconds, "node-redis-2", 1.0) { Server = "akkachat-cluster-2" },
        new("cluster-rooms", Figure.CpuMicroseconds, "node-redis-2", 1.0) { Server = "akkachat-cluster-2" },
        new("cluster-paced", Figure.LatencyP99, "node-redis-2", 1.0) { Server = "akkachat-cluster-2" },
        new("storm", Figure.ConnectionsPerSecond, "node", 1.2) { IsFloor = true },
    ];

    /// <summary>The peers that a scenario's bars name, and the one that every scenario is measured beside.</summary>
    public static IReadOnlyList<string> PeersOf(string scenario) =>
        [.. All.Where(bar => bar.Scenario == scenario).Select(bar => bar.Peer).OfType<string>().Append("node").Distinct()];

    /// <summary>Compares; null if one of the two numbers is missing.</summary>
    public BarOutcome? Judge(string server, IReadOnlyList<RunResult> medians)
    {
        if (Server is not null && Server != server)
        {
            return null;
        }

        var own = Find(medians, Scenario, server);
        var other = Peer is null && OwnScenario is null ? 1 : Find(medians, OwnScenario ?? Scenario, Peer ?? server);
        return (IsDifference ? own - other : own / other) is { } value ? new BarOutcome(this, server, value) : null;
    }

    private double? Find(IReadOnlyList<RunResult> medians, string scenario, string server)
    {
        var result = medians.FirstOrDefault(median => median.Scenario == scenario && median.Server == server);
        return result is null ? null : Summary.ValueOf(result, Figure);
    }
}

/// <summary>How a server stands to a bar.</summary>
/// <param name="Bar">The bar.</param>
/// <param name="Server">An AkkaChat server.</param>
/// <param name="Value">The ratio, or the number itself.</param>
internal sealed record BarOutcome(Bar Bar, string Server, double Value)
{
    public bool IsMet => Bar.IsFloor ? Value >= Bar.Limit : Value <= Bar.Limit;
}
