namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// One complete, valid Socket.IO packet of a client. Its JSON is still UTF-8: slices of the text it came in.
/// </summary>
internal sealed class SocketPacket
{
    /// <summary>A binary event or ack is given as Event or Ack.</summary>
    public required SocketPacketType Type { get; init; }

    /// <summary>"/" when the packet names none; without a query.</summary>
    public required string Namespace { get; init; }

    public long? AckId { get; init; }

    /// <summary>Only of an Event; a number on the wire is given as its text.</summary>
    public string? EventName { get; init; }

    /// <summary>Of an Event what follows the name, of an Ack all elements; each one JSON value.</summary>
    public ReadOnlyMemory<byte>[] Arguments { get; init; } = [];

    /// <summary>Of a Connect or ConnectError the JSON value, or empty.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>In the order of their numbers; every placeholder in <see cref="Arguments"/> points at one.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments { get; init; } = [];
}
