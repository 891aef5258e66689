using AkkaChat.Bench.Chat;
using AkkaChat.Bench.Loads;

namespace AkkaChat.Bench.Scenarios;

/// <summary>All scenarios, in the order of every report.</summary>
internal static class ScenarioCatalog
{
    private static readonly RoomShape StallingRoom = new(1, 500, 16 * 1024);
    private static readonly ChatShape People = new(Rooms: 200, Members: 10, Speakers: 2);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        FanOut(100, 4),
        FanOut(100, 1),
        FanOut(1_000, 4),
        FanOut(1_000, 1),
        FanOut(5_000, 4),
        FanOut(5_000, 1),
        new RoomScenario("binary-1k", "fan-out of 1 KB of bytes to 1,000, 4 outstanding", new RoomShape(1, 1_000, 1_024, AsBytes: true))
        {
            Outstanding = 4,
        },
        new RoomScenario("rooms", "1,000 rooms of 10, 1 outstanding in each", new RoomShape(1_000, 10)) { Outstanding = 1 },
        new EchoScenario("echo-1000x1", "echo, 1,000 clients with 1 outstanding each", 1_000, 1),
        new EchoScenario("echo-50x16", "echo, 50 clients with 16 outstanding each", 50, 16),
        new PollingEchoScenario("polling-echo", "echo over HTTP long-polling, 200 clients with 1 outstanding each", 200),
        new RoomScenario("paced", "1,000 members, 10 messages per second", new RoomShape(1, 1_000)) { PerSecond = 10 },
        new RoomScenario("readers", "500 members, 16 KB, 10 messages per second, all read", StallingRoom) { PerSecond = 10 },
        new RoomScenario("stalled", "the same, 5 never read", StallingRoom) { PerSecond = 10, Stalled = 5 },
        new IdleScenario("idle", "10,000 idle clients", 10_000),
        new StormScenario("storm", "5,000 clients connect, 256 at once", 5_000),
        InCluster("cluster-fanout", "two nodes: fan-out to 1,000, 4 outstanding", Spread(1, 1_000, publishers: 2)) with { Outstanding = 4 },
        InCluster("cluster-rooms", "two nodes: 200 rooms of 10, 1 outstanding in each", Spread(200, 10, publishers: 1)) with { Outstanding = 1 },
        InCluster("cluster-pairs", "two nodes: one room of 2, 32 outstanding", Spread(1, 2, publishers: 2)) with { Outstanding = 32 },
        InCluster("cluster-paced", "two nodes: 10 messages per second from one to 999 on the other", Across(1_000)) with { PerSecond = 10 },
        new ManyRoomsScenario("cluster-many", "two nodes: 100,000 rooms with one member, on one of them", Clients: 200, RoomsEach: 500)
        {
            IsForClusters = true,
        },
        InChat(200),
        InChat(500),
        InChat(1_000),
        InChat(2_000),
        new ChatScenario("chat-k1", "the chat: 2,000 people in 200 rooms, 400 of them each with 1 message not acked yet", People)
        {
            Outstanding = 1,
        },
    ];

    /// <summary>The chat application.</summary>
    public static IReadOnlyList<string> ForChat { get; } = ["chat-"];

    /// <summary>Two nodes beside one.</summary>
    public static IReadOnlyList<string> Cluster { get; } = ["cluster-fanout", "cluster-rooms", "cluster-pairs", "cluster-paced"];

    /// <summary>What the project's bars are about.</summary>
    public static IReadOnlyList<string> Default { get; } =
    [
        "fanout-1000-k4", "fanout-1000-k1", "fanout-5000-k4", "rooms", "echo-1000x1", "echo-50x16", "paced", "readers", "stalled",
        "idle", "storm",
    ];

    /// <summary>A first impression.</summary>
    public static IReadOnlyList<string> Quick { get; } =
        ["fanout-1000-k4", "fanout-1000-k1", "rooms", "echo-1000x1", "echo-50x16"];

    private static RoomShape Spread(int rooms, int members, int publishers) =>
        new(rooms, members) { Publishers = publishers, Placement = Placement.Spread };

    private static RoomShape Across(int members) => new(1, members) { Placement = Placement.PublisherApart };

    private static RoomScenario InCluster(string name, string description, RoomShape shape) => new(name, description, shape) { IsForClusters = true };

    private static ChatScenario InChat(int perSecond) =>
        new($"chat-{perSecond}-paced", $"the chat: 2,000 people in 200 rooms, {perSecond:N0} messages per second in all", People) { PerSecond = perSecond };

    private static RoomScenario FanOut(int members, int outstanding) =>
        new($"fanout-{members}-k{outstanding}", $"fan-out to {members:N0}, {outstanding} outstanding", new RoomShape(1, members))
        {
            Outstanding = outstanding,
        };
}
