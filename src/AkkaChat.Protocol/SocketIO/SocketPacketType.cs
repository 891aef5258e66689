namespace AkkaChat.Protocol.SocketIO;

/// <summary>The Socket.IO 5 packet types; each value is the digit on the wire.</summary>
internal enum SocketPacketType : byte
{
    Connect,
    Disconnect,
    Event,
    Ack,
    ConnectError,
    BinaryEvent,
    BinaryAck,
}
