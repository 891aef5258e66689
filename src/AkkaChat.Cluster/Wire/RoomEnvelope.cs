using AkkaChat.Ownership;

namespace AkkaChat.Wire;

/// <summary>What nodes say to each other about one room: a message of the protocol, and to whom.</summary>
/// <param name="Room">The room.</param>
/// <param name="Target">The very owner or relay that is meant; null for whoever owns the room, or the node's relay.</param>
internal abstract record RoomEnvelope(RoomAddress Room, Incarnation? Target)
{
    /// <summary>The node that has sent it, by the message's own words.</summary>
    public abstract string Sender { get; }
}

/// <summary>To a room's owner.</summary>
internal sealed record OwnerEnvelope(RoomAddress Room, Incarnation? Target, OwnershipMessages.ToOwner Message)
    : RoomEnvelope(Room, Target)
{
    /// <inheritdoc/>
    public override string Sender => Message.From.Relay.Node;
}

/// <summary>To a node's relay for a room.</summary>
internal sealed record RelayEnvelope(RoomAddress Room, Incarnation? Target, OwnershipMessages.ToRelay Message)
    : RoomEnvelope(Room, Target)
{
    /// <inheritdoc/>
    public override string Sender => Message.Epoch.Owner.Node;
}
