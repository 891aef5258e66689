namespace AkkaChat.Nodes;

/// <summary>An answer to a <see cref="NodeRequest"/>, or a part of one. A closed set, as the requests are.</summary>
internal abstract partial record NodeReply
{
    /// <summary>How many sockets there are.</summary>
    internal sealed record Count(int Number) : NodeReply;

    /// <summary>Ids of sockets.</summary>
    internal sealed record Ids(IReadOnlyList<string> All) : NodeReply;

    /// <summary>Sockets as they are now.</summary>
    internal sealed record Sockets(IReadOnlyList<SocketRecord> All) : NodeReply;

    /// <summary>Who has got a publication.</summary>
    /// <param name="Delivered">How many sockets, in this part of the answer: only one part says so.</param>
    /// <param name="Acks">What became of the acks.</param>
    internal sealed record Receipt(int Delivered, IReadOnlyList<AckRecord> Acks) : NodeReply;

    /// <summary>The answer of a handler of events between servers.</summary>
    internal sealed record ServerAnswer(ArgumentData Arguments) : NodeReply;

    /// <summary>Rooms, in ordinal order.</summary>
    internal sealed record Rooms(IReadOnlyList<RoomInfo> All) : NodeReply;

    /// <summary>What the node has to do.</summary>
    internal sealed record Load(NodeLoad Numbers) : NodeReply;

    /// <summary>What the logs of durable rooms have to say.</summary>
    internal sealed record Log(LogReply Reply) : NodeReply;

    /// <summary>The request could not be carried out, or not to its end.</summary>
    /// <param name="Node">The incarnation of the node.</param>
    /// <param name="Why">Why not.</param>
    internal sealed record Failed(string Node, string Why) : NodeReply;
}

/// <summary>What became of one socket's ack.</summary>
/// <param name="SocketId">The socket.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Arguments">The ack's arguments; none unless acknowledged.</param>
internal sealed record AckRecord(string SocketId, CallResult Result, ArgumentData Arguments);
