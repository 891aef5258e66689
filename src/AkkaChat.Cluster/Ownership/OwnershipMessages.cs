namespace AkkaChat.Ownership;

/// <summary>
/// What the owner of a room and its relays say to each other. All of it crosses the wire: ids, numbers and payloads only.
/// Each may be lost, doubled, late, or overtaken; whoever needs an answer asks again.
/// </summary>
internal static class OwnershipMessages
{
    /// <summary>From a relay to whoever owns the room, by way of sharding.</summary>
    internal abstract record ToOwner(RelayHeader From);

    /// <summary>This node has members from now on, or none any more. A higher version replaces a lower one.</summary>
    internal sealed record Attend(RelayHeader From, int Version, bool HasMembers) : ToOwner(From);

    /// <summary>Asks for a place in the room's order.</summary>
    /// <param name="From">The relay that keeps the publish until it has seen it in its place.</param>
    /// <param name="Number">The publish's number at that relay.</param>
    /// <param name="After">The relay's publish that must have its place first; 0 if none is left that must.</param>
    /// <param name="Payload">What is published.</param>
    internal sealed record Publish(RelayHeader From, long Number, long After, RoomPayload Payload) : ToOwner(From);

    /// <summary>A relay with members has delivered everything up to a sequence.</summary>
    /// <param name="From">The relay.</param>
    /// <param name="Delivered">The sequence.</param>
    /// <param name="Asks">Whether it lacks something, or wants to know what is stable.</param>
    internal sealed record Acknowledge(RelayHeader From, long Delivered, bool Asks) : ToOwner(From);

    /// <summary>A relay's promise to take nothing of lower epochs any more, with all that it holds.</summary>
    /// <param name="From">The relay.</param>
    /// <param name="Epoch">The epoch it was asked for.</param>
    /// <param name="Version">The last version of its attendance that an owner has confirmed.</param>
    /// <param name="HasMembers">Whether it attends the room with members.</param>
    /// <param name="Delivered">Up to where it has delivered.</param>
    /// <param name="Stable">Up to where it knows that all have everything.</param>
    /// <param name="IsIdle">Whether it needs no owner: it need not be told that the epoch has opened.</param>
    /// <param name="Held">What it holds beyond the stable point, in order, possibly with gaps.</param>
    internal sealed record Promise(
        RelayHeader From, Epoch Epoch, int Version, bool HasMembers, long Delivered, long Stable, bool IsIdle, IReadOnlyList<RoomEntry> Held)
        : ToOwner(From);

    /// <summary>The relay has promised a higher epoch, which its header names, or that epoch's owner lives on its node.</summary>
    internal sealed record Refuse(RelayHeader From, Epoch Epoch) : ToOwner(From);

    /// <summary>From the relay's node: that relay has ended, and it had nothing left to do.</summary>
    internal sealed record Ended(Incarnation Relay) : ToOwner(new RelayHeader(Relay, Epoch.None, long.MaxValue));

    /// <summary>From an owner to a relay.</summary>
    internal abstract record ToRelay(Epoch Epoch);

    /// <summary>To every node: take nothing of lower epochs any more, and say what you hold.</summary>
    internal sealed record Ask(Epoch Epoch) : ToRelay(Epoch);

    /// <summary>Entries in their places. Without any it says that the epoch is open, or what is stable.</summary>
    internal sealed record Deliver(Epoch Epoch, long Stable, IReadOnlyList<RoomEntry> Entries) : ToRelay(Epoch);

    /// <summary>The owner knows that the node has members, or none any more.</summary>
    /// <param name="Epoch">The owner's epoch.</param>
    /// <param name="Version">The version of the attendance that is confirmed.</param>
    /// <param name="Position">The relay gets everything after this sequence.</param>
    internal sealed record Attending(Epoch Epoch, int Version, long Position) : ToRelay(Epoch);

    /// <summary>There is room for publishes again.</summary>
    internal sealed record Resume(Epoch Epoch) : ToRelay(Epoch);

    /// <summary>What every message of a relay says.</summary>
    /// <param name="Relay">Who sends it.</param>
    /// <param name="Promised">The highest epoch it has promised: an owner of a lower one learns that it is replaced.</param>
    /// <param name="Settled">Its publishes up to this number have ended; nobody needs to repeat or to keep them for it.</param>
    internal readonly record struct RelayHeader(Incarnation Relay, Epoch Promised, long Settled);
}
