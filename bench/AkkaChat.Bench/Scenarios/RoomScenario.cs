using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>
/// Members of rooms get what is said there: either so many messages per room are outstanding, or so many are sent per second.
/// </summary>
internal sealed record RoomScenario(string Name, string Description, RoomShape Shape) : Scenario(Name, Description)
{
    /// <summary>How many messages are under way in a room at once; 0 if <see cref="PerSecond"/> says how fast.</summary>
    public int Outstanding { get; init; }

    /// <summary>How many messages each publisher sends per second.</summary>
    public int PerSecond { get; init; }

    /// <summary>How many members of the only room stop reading before the load begins.</summary>
    public int Stalled { get; init; }

    public override Figure Figure => Outstanding > 0 ? Figure.CpuMicroseconds : Figure.LatencyP99;

    public override bool Suits(IProtocol protocol) => protocol.CarriesBytes || !Shape.AsBytes;

    protected override RunResult Measure(Target target, RunLength length)
    {
        var count = Shape.Rooms * Shape.Members;
        RequireOpenFiles(count);
        using var loop = new ClientLoop(target.Protocol, target.Ports);
        var ramp = new Ramp(
            loop,
            joinOf: index => target.Protocol.Join(RoomShape.NameOf(index / Shape.Members)),
            isSmall: index => index >= count - Stalled)
        {
            NodeOf = Shape.NodeOf,
        };
        ramp.Connect(count);
        foreach (var client in ramp.Clients.TakeLast(Stalled))
        {
            loop.StopReading(client);
        }

        var load = CreateLoad(loop, ramp.Clients, target.Protocol);
        loop.Listener = load;
        var result = LoadRun.Measure(Name, loop, load, target, length);
        return Stalled > 0 ? result with { StalledClosed = load.StalledClosed } : result;
    }

    private RoomLoad CreateLoad(ClientLoop loop, IReadOnlyList<Client> clients, IProtocol protocol) => Outstanding > 0
        ? new ClosedRoomLoad(loop, clients, protocol, Shape, Outstanding)
        : new PacedRoomLoad(loop, clients, protocol, Shape, PerSecond);
}
