namespace AkkaChat.Ownership;

/// <summary>What a relay's host has to do, in the order given.</summary>
internal abstract record RelayEffect
{
    private RelayEffect()
    {
    }

    /// <summary>Send it to the room by way of sharding, which starts an owner if there is none.</summary>
    internal sealed record Send(OwnershipMessages.ToOwner Message) : RelayEffect;

    /// <summary>Send it to that very owner; if it has gone, nobody else needs it.</summary>
    internal sealed record Reply(Incarnation Owner, OwnershipMessages.ToOwner Message) : RelayEffect;

    /// <summary>Bring it to the members that are in at this point.</summary>
    internal sealed record Deliver(RoomEntry Entry) : RelayEffect;

    /// <summary>A member is in: it gets every delivery from here on, and its join has completed.</summary>
    internal sealed record Joined(string Member) : RelayEffect;

    /// <summary>A join has not been confirmed in time; it is undone.</summary>
    internal sealed record JoinFailed(string Member) : RelayEffect;

    /// <summary>A publish has its place, and this node holds it: its operation has completed.</summary>
    /// <param name="Number">The publish.</param>
    /// <param name="Sequence">The place.</param>
    internal sealed record Confirmed(long Number, long Sequence) : RelayEffect;

    /// <summary>A publish has not got its place in time.</summary>
    /// <param name="Number">The publish.</param>
    /// <param name="MayAppear">False: it never left this node. True: nobody knows; it may still appear, at most once.</param>
    internal sealed record Failed(long Number, bool MayAppear) : RelayEffect;
}
