using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>Clients of one node join rooms that nobody else is in: what does a room cost in memory, and its start in CPU time?</summary>
internal sealed record ManyRoomsScenario(string Name, string Description, int Clients, int RoomsEach) : Scenario(Name, Description)
{
    public override Figure Figure => Figure.KibibytesPerRoom;

    protected override RunResult Measure(Target target, RunLength length)
    {
        using var loop = new ClientLoop(target.Protocol, target.Ports);
        var ramp = new Ramp(loop);
        ramp.Connect(Clients);
        ramp.Idle(length.WarmUp);
        var residentBefore = target.ResidentKibibytes();
        var cpuBefore = target.CpuNanoseconds();
        new JoinLoad(loop, target.Protocol, RoomsEach).Run(ramp.Clients);
        var cpu = target.CpuNanoseconds() - cpuBefore;
        ramp.Idle(length.Window);
        var resident = target.ResidentKibibytes();
        var rooms = Clients * RoomsEach;
        return new RunResult
        {
            Scenario = Name,
            Server = target.Name,
            KibibytesPerRoom = (double)(resident - residentBefore) / rooms,
            CpuMicroseconds = cpu / 1000.0 / rooms,
            ResidentMebibytes = resident / 1024.0,
        };
    }
}
