using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Scenarios;

/// <summary>A server that runs.</summary>
/// <param name="Name">As the report names it.</param>
/// <param name="Protocol">How it is spoken to.</param>
/// <param name="Ports">Of its nodes, on 127.0.0.1.</param>
/// <param name="ProcessIds">Whose CPU time and memory count: its nodes, and what they need beside them.</param>
internal sealed record Target(string Name, IProtocol Protocol, IReadOnlyList<int> Ports, IReadOnlyList<int> ProcessIds)
{
    /// <summary>User plus system time of all its processes.</summary>
    public long CpuNanoseconds() => ProcessIds.Sum(ProcessMeter.CpuNanoseconds);

    /// <summary>Resident memory of all its processes.</summary>
    public long ResidentKibibytes() => ProcessIds.Sum(ProcessMeter.ResidentKibibytes);
}
