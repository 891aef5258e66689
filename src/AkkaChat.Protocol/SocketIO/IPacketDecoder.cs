namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// Makes packets of one client's Engine.IO messages. Keeps what it's given (no copies). After an error it's dead, for
/// the connection has to be closed.
/// </summary>
internal interface IPacketDecoder
{
    /// <summary>The namespace of the packet whose attachments are still to come; null if there is none.</summary>
    string? PendingNamespace { get; }

    /// <summary>Bytes held for a packet whose attachments are still to come.</summary>
    long PendingBytes { get; }

    /// <summary>
    /// Takes what follows the Engine.IO type digit, in valid UTF-8 as EnginePacketCodec gives it.
    /// </summary>
    DecodeResult AddText(ReadOnlyMemory<byte> text, out SocketPacket? packet, out ProtocolError error);

    /// <summary>Takes a binary message.</summary>
    DecodeResult AddBinary(ReadOnlyMemory<byte> data, out SocketPacket? packet, out ProtocolError error);
}
