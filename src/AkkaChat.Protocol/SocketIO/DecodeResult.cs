namespace AkkaChat.Protocol.SocketIO;

/// <summary>What one message gave: a whole packet, a packet whose attachments are still to come, or an error.</summary>
internal enum DecodeResult
{
    Packet,
    NeedMore,
    Error,
}
