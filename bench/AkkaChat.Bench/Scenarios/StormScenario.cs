using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>Everybody connects at once (a bounded number under way), up to the point at which each may send.</summary>
internal sealed record StormScenario(string Name, string Description, int Clients) : Scenario(Name, Description)
{
    private const int WarmUpClients = 2_000;

    public override Figure Figure => Figure.ConnectionsPerSecond;

    protected override RunResult Measure(Target target, RunLength length)
    {
        RequireOpenFiles(Clients);
        using (var warmUp = new ClientLoop(target.Protocol, target.Port))
        {
            var first = new Ramp(warmUp);
            first.Connect(WarmUpClients);
            first.Idle(length.WarmUp / 2);
        }

        using var loop = new ClientLoop(target.Protocol, target.Port);
        var cpuBefore = ProcessMeter.CpuNanoseconds(target.ProcessId);
        var seconds = new Ramp(loop).Connect(Clients);
        var cpu = ProcessMeter.CpuNanoseconds(target.ProcessId) - cpuBefore;
        return new RunResult
        {
            Scenario = Name,
            Server = target.Name,
            ConnectionsPerSecond = Clients / seconds,
            CpuMicroseconds = cpu / 1000.0 / Clients,
            ServerCpus = cpu / seconds / Clock.Second,
        };
    }
}
