using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>
/// Everybody connects at once (a bounded number under way), up to the point at which each may send: to a server that has
/// seen such waves before, as one has whose clients come back after a failure of the network.
/// </summary>
internal sealed record StormScenario(string Name, string Description, int Clients) : Scenario(Name, Description)
{
    private const int WarmUpClients = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    public override Figure Figure => Figure.ConnectionsPerSecond;

    protected override RunResult Measure(Target target, RunLength length)
    {
        RequireOpenFiles(Clients);
        WarmUp(target, length.WarmUp);
        using var loop = new ClientLoop(target.Protocol, target.Ports);
        var cpuBefore = target.CpuNanoseconds();
        var seconds = new Ramp(loop).Connect(Clients);
        var cpu = target.CpuNanoseconds() - cpuBefore;
        return new RunResult
        {
            Scenario = Name,
            Server = target.Name,
            ConnectionsPerSecond = Clients / seconds,
            CpuMicroseconds = cpu / 1000.0 / Clients,
            ServerCpus = cpu / seconds / Clock.Second,
        };
    }

    private static void WarmUp(Target target, TimeSpan time)
    {
        for (var end = Clock.Now + Clock.Nanoseconds(time); Clock.Now < end;)
        {
            using var loop = new ClientLoop(target.Protocol, target.Ports);
            var wave = new Ramp(loop);
            wave.Connect(WarmUpClients);
            wave.Idle(Pause);
        }
    }
}
