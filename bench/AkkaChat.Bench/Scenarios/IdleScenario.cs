using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>Clients are connected and silent, heartbeats aside: what resident memory does each add?</summary>
internal sealed record IdleScenario(string Name, string Description, int Clients) : Scenario(Name, Description)
{
    // The first ones bring code and pools into memory, which the rest then share.
    private const int FirstClients = 200;

    public override Figure Figure => Figure.KibibytesPerConnection;

    protected override RunResult Measure(Target target, RunLength length)
    {
        RequireOpenFiles(Clients);
        using var loop = new ClientLoop(target.Protocol, target.Ports);
        var ramp = new Ramp(loop);
        ramp.Connect(FirstClients);
        ramp.Idle(length.WarmUp);
        var before = target.ResidentKibibytes();
        ramp.Connect(Clients - FirstClients);
        ramp.Idle(length.Window);
        var after = target.ResidentKibibytes();
        return new RunResult
        {
            Scenario = Name,
            Server = target.Name,
            KibibytesPerConnection = (double)(after - before) / (Clients - FirstClients),
            ResidentMebibytes = after / 1024.0,
        };
    }
}
