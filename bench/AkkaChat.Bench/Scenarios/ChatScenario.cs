using AkkaChat.Bench.Chat;
using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.Reporting;

namespace AkkaChat.Bench.Scenarios;

/// <summary>
/// The chat application as it is: people log in, join rooms and speak; each message is stored, then acked and told to the
/// room. Afterwards the tables must have as many messages as were acked, in every room.
/// </summary>
internal sealed record ChatScenario(string Name, string Description, ChatShape Shape) : Scenario(Name, Description)
{
    private static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(10);

    /// <summary>How many messages are said per second in all; 0 if <see cref="Outstanding"/> says how many are under way.</summary>
    public int PerSecond { get; init; }

    /// <summary>How many messages of each speaker are not acked yet.</summary>
    public int Outstanding { get; init; }

    public override Figure Figure => Outstanding > 0 ? Figure.StoredPerSecond : Figure.LatencyP99;

    public override bool Suits(IProtocol protocol) => protocol is ChatProtocol;

    protected override void LetFirstClientIn(Target target)
    {
        // People come with log-ins, which have to be made first; the ramp begins with one.
    }

    protected override RunResult Measure(Target target, RunLength length)
    {
        RequireOpenFiles(Shape.People);
        using var site = new ChatSite(target.Ports[0]);
        var rooms = site.MakeRooms(Shape.Rooms);
        var protocol = new ChatProtocol(site.MakePeople(Shape.People));
        using var loop = new ClientLoop(protocol, target.Ports);
        var ramp = new ChatRamp(loop, protocol, index => rooms[index / Shape.Members]);
        var seconds = ramp.Connect(Shape.People);

        var load = CreateLoad(loop, ramp.Clients, rooms);
        loop.Listener = load;
        var result = LoadRun.Measure(Name, loop, load, target, length);
        load.AwaitAcks(AckLimit);
        RequireStored(rooms, load.AckedByRoom(), site.CountMessages(rooms));
        return result with
        {
            ConnectionsPerSecond = Shape.People / seconds,
            StoredPerSecond = load.Acks.Count / length.Window.TotalSeconds,
            AckMilliseconds = LatencySummary.Of(load.Acks),
            Reordered = result.Reordered + load.Misplaced,
        };
    }

    private static void RequireStored(IReadOnlyList<string> rooms, IReadOnlyList<long> acked, IReadOnlyList<long> stored)
    {
        for (var room = 0; room < rooms.Count; room++)
        {
            if (acked[room] != stored[room])
            {
                throw new BenchException($"in room {rooms[room]} {acked[room]} messages were acked, and {stored[room]} are stored.");
            }
        }
    }

    private ChatLoad CreateLoad(ClientLoop loop, IReadOnlyList<Client> clients, IReadOnlyList<string> rooms) => Outstanding > 0
        ? new ClosedChatLoad(loop, clients, rooms, Shape, Outstanding)
        : new PacedChatLoad(loop, clients, rooms, Shape, PerSecond);
}
