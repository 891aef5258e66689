using Akka.Actor;
using AkkaChat.Delivery;
using AkkaChat.Membership;
using AkkaChat.Ownership;
using AkkaChat.Rooms;

namespace AkkaChat.Sharding;

/// <summary>What the actors of one node share. Thread-safe.</summary>
/// <param name="Name">The node's name in incarnations.</param>
/// <param name="Application">The application, of those that share the cluster.</param>
/// <param name="Directory">The way to the other nodes.</param>
/// <param name="Owners">The way to the owners of rooms, by way of sharding, which starts them; there once sharding runs.</param>
/// <param name="Settings">Time limits and bounds, the same on all nodes.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">The log.</param>
/// <param name="Foreign">Brings what other nodes publish to members.</param>
/// <param name="Break">Ends the node, whose rooms have lost what they had promised. Must not throw.</param>
/// <param name="Evict">Disconnects a member to which its room cannot keep its promise. Must not throw.</param>
internal sealed record RoomNode(
    string Name,
    ClusterApplication Application,
    NodeDirectory Directory,
    Lazy<IActorRef> Owners,
    OwnershipSettings Settings,
    TimeProvider Time,
    ClusterLog Log,
    ForeignPublications Foreign,
    Action<Exception> Break,
    Action<IRoomMember> Evict)
{
    /// <summary>How often what is not at rest looks at the clock.</summary>
    public static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>For how long an owner or a relay without work stays, in case there is some again.</summary>
    public static readonly TimeSpan LingerFor = TimeSpan.FromSeconds(30);

    private long _incarnations;

    /// <summary>Another one each time, over all rooms, and whatever has failed meanwhile.</summary>
    public Incarnation NewIncarnation() => new(Name, Interlocked.Increment(ref _incarnations));
}
