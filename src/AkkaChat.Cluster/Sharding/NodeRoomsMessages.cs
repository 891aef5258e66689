using AkkaChat.Ownership;
using AkkaChat.Rooms;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>Messages to <see cref="NodeRooms"/> that stay on the node; from other nodes come envelopes.</summary>
internal static class NodeRoomsMessages
{
    /// <summary>From a namespace of this node to one of its rooms.</summary>
    /// <param name="Address">The room.</param>
    /// <param name="Home">The namespace.</param>
    /// <param name="Message">What it says.</param>
    /// <param name="Payload">For a publication: its bytes, made in the thread of the publisher.</param>
    internal sealed record ToRoom(RoomAddress Address, IRoomHome Home, RoomMessages.RoomMessage Message, RoomPayload? Payload)
    {
        /// <summary>Whether it goes to the room's members on this node and nowhere else.</summary>
        public bool IsForMembersHere => Message is RoomMessages.Visit && Payload is null;
    }

    /// <summary>Asks for the end of a wait, until a room's members here have all up to a place in its order.</summary>
    /// <param name="Address">The room.</param>
    /// <param name="Sequence">The place.</param>
    /// <param name="Done">Completed then; completed by somebody else, nobody waits any more.</param>
    internal sealed record WhenDelivered(RoomAddress Address, long Sequence, TaskCompletionSource Done);

    /// <summary>From an owner of this node: it has a first message. It says nothing before it is registered here.</summary>
    internal sealed record OwnerStarts(RoomAddress Room);

    /// <summary>From an owner of this node: it has made room for the one that asks.</summary>
    internal sealed record SteppedDown(RoomAddress Room, RelayEnvelope Ask);

    /// <summary>From a relay: it could end, if nothing is on its way to it.</summary>
    /// <param name="Room">Its room.</param>
    /// <param name="Taken">How many messages it has had.</param>
    internal sealed record RelayCanEnd(RoomAddress Room, long Taken);

    /// <summary>From a relay: it cannot go on. What still reaches it comes back, until it is told to end.</summary>
    internal sealed record RelayFailed(RoomAddress Room);

    /// <summary>From a relay that has failed: a message that is for the next one.</summary>
    internal sealed record SentBack(ToRoom Message);
}
