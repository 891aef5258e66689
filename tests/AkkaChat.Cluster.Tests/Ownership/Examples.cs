using AkkaChat.Ownership;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Ownership;

/// <summary>Names and shorthands that the example tests share.</summary>
internal static class Examples
{
    public static readonly OwnershipSettings Small = new() { WindowEntries = 3, AcknowledgeEvery = 2, PendingPublishes = 4 };

    /// <summary>Relays on three nodes.</summary>
    public static readonly Incarnation North = new("north", 1);
    public static readonly Incarnation South = new("south", 1);
    public static readonly Incarnation West = new("west", 1);

    /// <summary>Two owners, one after the other.</summary>
    public static readonly Incarnation First = new("north", 7);
    public static readonly Incarnation Second = new("south", 7);
    public static readonly Epoch One = new(1, First);
    public static readonly Epoch Two = new(2, Second);

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    public static RoomPayload Say(string content) => new(content, content.Length);

    public static RoomEntry Entry(long sequence, Incarnation? origin = null, long number = 0) =>
        new(sequence, new PublishId(origin ?? West, number == 0 ? sequence : number), Say($"message {sequence}"));

    public static Deliver Deliver(Epoch epoch, params RoomEntry[] entries) => new(epoch, 0, entries);

    public static RelayHeader From(Incarnation relay, Epoch promised = default, long settled = 0) => new(relay, promised, settled);

    /// <summary>The messages for an owner among effects.</summary>
    public static IReadOnlyList<ToOwner> Sent(this IEnumerable<RelayEffect> effects) =>
        [.. effects.Select(effect => effect switch
        {
            RelayEffect.Send send => send.Message,
            RelayEffect.Reply reply => reply.Message,
            _ => null,
        }).OfType<ToOwner>()];

    /// <summary>The sequences delivered to members.</summary>
    public static IReadOnlyList<long> Delivered(this IEnumerable<RelayEffect> effects) =>
        [.. effects.OfType<RelayEffect.Deliver>().Select(deliver => deliver.Entry.Sequence)];

    /// <summary>The messages for a relay among effects.</summary>
    public static IReadOnlyList<ToRelay> SentTo(this IEnumerable<OwnerEffect> effects, Incarnation relay) =>
        [.. effects.OfType<OwnerEffect.Send>().Where(send => send.Relay == relay).Select(send => send.Message)];

    /// <summary>Makes a relay that a member has joined in epoch 1 after a sequence.</summary>
    public static RoomRelay JoinedRelay(long position = 0)
    {
        var relay = new RoomRelay(North, Small);
        relay.Join("alice", At(0));
        relay.Receive(new Attending(One, 1, position), At(0.1));
        return relay;
    }

    /// <summary>Makes an owner of epoch 1 for whom nodes have promised without holding anything.</summary>
    public static RoomOwner OpenOwner(params Incarnation[] relays)
    {
        var owner = new RoomOwner(First, Small);
        owner.Start(relays.Select(relay => relay.Node).ToHashSet(), Epoch.None, At(0));
        foreach (var relay in relays)
        {
            owner.Receive(Idle(relay, One), At(0.1));
        }

        return owner;
    }

    public static Promise Idle(Incarnation relay, Epoch epoch) => new(From(relay, epoch), epoch, 0, false, 0, 0, true, []);

    public static Promise Holding(Incarnation relay, Epoch epoch, long delivered, long stable, params RoomEntry[] held) =>
        new(From(relay, epoch), epoch, 1, true, delivered, stable, false, held);
}
