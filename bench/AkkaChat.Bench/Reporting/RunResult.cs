using System.Text.Json.Serialization;
using AkkaChat.Bench.Measuring;

namespace AkkaChat.Bench.Reporting;

/// <summary>Latencies in milliseconds.</summary>
internal sealed record LatencySummary(double P50, double P90, double P99, double P999, double Max)
{
    public static LatencySummary Of(LatencyHistogram latency)
    {
        double At(double share) => (double)latency.Percentile(share) / Clock.Millisecond;
        return new LatencySummary(At(0.5), At(0.9), At(0.99), At(0.999), (double)latency.Maximum / Clock.Millisecond);
    }
}

/// <summary>What one run of one scenario against one server gave. What a scenario doesn't measure is null.</summary>
internal sealed record RunResult
{
    public required string Scenario { get; init; }

    public required string Server { get; init; }

    public int Repetition { get; init; }

    /// <summary>Why there is no result; null if there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>User plus system time of the server's processes per delivery, in microseconds; for the storm: per connection, for many rooms: per room.</summary>
    public double? CpuMicroseconds { get; init; }

    public double? DeliveriesPerSecond { get; init; }

    public LatencySummary? LatencyMilliseconds { get; init; }

    /// <summary>Messages per second that the chat has stored and acked.</summary>
    public double? StoredPerSecond { get; init; }

    /// <summary>From the moment at which a message was due to its ack, which says that it is stored.</summary>
    public LatencySummary? AckMilliseconds { get; init; }

    public double? ConnectionsPerSecond { get; init; }

    /// <summary>Resident memory that a connection adds, in KiB.</summary>
    public double? KibibytesPerConnection { get; init; }

    /// <summary>Resident memory that a room with one member adds, in KiB.</summary>
    public double? KibibytesPerRoom { get; init; }

    /// <summary>Resident memory of the server at the end of the measured window.</summary>
    public double? ResidentMebibytes { get; init; }

    /// <summary>CPUs that the server used, 1 being one core.</summary>
    public double? ServerCpus { get; init; }

    /// <summary>CPUs that the load generator used: near 1 it may have been the bottleneck.</summary>
    public double? GeneratorCpus { get; init; }

    public long Lost { get; init; }

    public long Duplicated { get; init; }

    public long Reordered { get; init; }

    public long Misrouted { get; init; }

    /// <summary>How many of the clients that stall on purpose the server has closed.</summary>
    public int? StalledClosed { get; init; }

    [JsonIgnore]
    public bool IsFlawless => Failure is null && Lost + Duplicated + Reordered + Misrouted == 0;
}
