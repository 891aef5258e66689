namespace AkkaChat.Bench.Reporting;

/// <summary>A number by which servers are compared.</summary>
internal enum Figure
{
    /// <summary>Server CPU per delivery, µs: less is better.</summary>
    CpuMicroseconds,

    /// <summary>99th percentile of the latency, ms: less is better.</summary>
    LatencyP99,

    /// <summary>Resident memory per connection, KiB: less is better.</summary>
    KibibytesPerConnection,

    /// <summary>Resident memory per room, KiB: less is better.</summary>
    KibibytesPerRoom,

    /// <summary>Resident memory, MiB: less is better.</summary>
    ResidentMebibytes,

    /// <summary>Messages that the chat stored per second: more is better.</summary>
    StoredPerSecond,

    /// <summary>Connections per second: more is better.</summary>
    ConnectionsPerSecond,
}
