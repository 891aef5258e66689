using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>Clients ask for echoes, each so many at once.</summary>
internal sealed record EchoScenario(string Name, string Description, int Clients, int Outstanding) : Scenario(Name, Description)
{
    private const int PayloadLength = 128;

    protected override RunResult Measure(Target target, RunLength length)
    {
        RequireOpenFiles(Clients);
        using var loop = new ClientLoop(target.Protocol, target.Ports);
        var ramp = new Ramp(loop);
        ramp.Connect(Clients);
        var load = new EchoLoad(loop, ramp.Clients, target.Protocol, Outstanding, PayloadLength);
        loop.Listener = load;
        return LoadRun.Measure(Name, loop, load, target, length);
    }
}
