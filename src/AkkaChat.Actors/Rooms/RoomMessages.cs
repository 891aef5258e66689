using AkkaChat.Delivery;

namespace AkkaChat.Rooms;

/// <summary>Messages to <see cref="RoomActor"/>, by way of <see cref="NamespaceActor"/>. All are local to a node.</summary>
internal static class RoomMessages
{
    /// <summary>A message for one room. Its operation is completed once the message has taken effect.</summary>
    internal abstract record RoomMessage(RoomName Room, Operation Operation);

    /// <summary>Makes a socket a member. Joining again changes nothing.</summary>
    internal sealed record Join(RoomName Room, IRoomMember Member, Operation Operation) : RoomMessage(Room, Operation);

    /// <summary>Ends a membership. Leaving a room one is not in changes nothing.</summary>
    internal sealed record Leave(RoomName Room, IRoomMember Member, Operation Operation) : RoomMessage(Room, Operation);

    /// <summary>Gives an operation its place in the room's order and brings it to all members.</summary>
    internal sealed record Visit(RoomName Room, SelectionOperation Visitor) : RoomMessage(Room, Visitor);

    /// <summary>From a room to its namespace: nobody is left in it.</summary>
    internal sealed record Emptied(RoomName Room);

    /// <summary>From a namespace to a room: stop, unless somebody has joined meanwhile.</summary>
    internal sealed record StopIfEmpty
    {
        public static readonly StopIfEmpty Instance = new();
    }

    /// <summary>From a room to its namespace: somebody has joined meanwhile.</summary>
    internal sealed record Stays(RoomName Room);
}
