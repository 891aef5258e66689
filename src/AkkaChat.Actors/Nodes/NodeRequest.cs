using AkkaChat.Delivery;
using AkkaChat.Rooms;

namespace AkkaChat.Nodes;

/// <summary>
/// What a node asks another one to say or do. A closed set: each has a form on the wire. A namespace that the other node
/// does not have is no error; nobody is in it there.
/// </summary>
internal abstract partial record NodeRequest
{
    /// <summary>Bring a publication to sockets by their ids. Answered without a part, when it is in their outboxes.</summary>
    internal sealed record Deliver(string Namespace, IReadOnlyList<string> Ids, PublicationContent Content) : NodeRequest;

    /// <summary>Do something with those of your sockets that a selection names.</summary>
    /// <param name="Namespace">The namespace.</param>
    /// <param name="Names">Rooms and socket ids; null is everybody.</param>
    /// <param name="Exceptions">Rooms and socket ids that take a socket out.</param>
    /// <param name="Purpose">What to do.</param>
    /// <param name="Rooms">Rooms to join or leave.</param>
    internal sealed record Select(
        string Namespace,
        IReadOnlyList<string>? Names,
        IReadOnlyList<string> Exceptions,
        SelectionPurpose Purpose,
        IReadOnlyList<string> Rooms) : NodeRequest;

    /// <summary>Say who has got a publication with a receipt, and what the acks are; wait for these no longer than the limit.</summary>
    /// <param name="Namespace">The namespace.</param>
    /// <param name="Id">The receipt.</param>
    /// <param name="Places">Where the publication stands in rooms: it has to be delivered before the answer is known.</param>
    /// <param name="Limit">How long to wait.</param>
    internal sealed record CollectReceipt(
        string Namespace, Guid Id, IReadOnlyList<RoomPlace> Places, TimeSpan Limit) : NodeRequest;

    /// <summary>Run your handler of an event between servers.</summary>
    internal sealed record ServerEvent(string Namespace, string EventName, ArgumentData Arguments) : NodeRequest;

    /// <summary>List rooms with members of yours, in ordinal order.</summary>
    internal sealed record ListRooms(string Namespace, string? After, string Prefix, int Limit) : NodeRequest;

    /// <summary>Say what you have to do.</summary>
    internal sealed record Load : NodeRequest;

    /// <summary>Do something with the logs of durable rooms.</summary>
    internal sealed record Log(LogRequest Request) : NodeRequest;
}

/// <summary>What a <see cref="NodeRequest.Select"/> is for. The numbers are part of the wire.</summary>
internal enum SelectionPurpose
{
    Count = 0,
    Ids = 1,
    Sockets = 2,
    Join = 3,
    Leave = 4,
    Disconnect = 5,

    /// <summary>Disconnect, and close the connections.</summary>
    Close = 6,
}

/// <summary>A place in a room's order.</summary>
internal readonly record struct RoomPlace(RoomName Room, long Sequence);
