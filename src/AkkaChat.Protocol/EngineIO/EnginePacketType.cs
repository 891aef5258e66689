namespace AkkaChat.Protocol.EngineIO;

/// <summary>The Engine.IO 4 packet types; each value is the digit on the wire.</summary>
internal enum EnginePacketType : byte
{
    Open = (byte)'0',
    Close,
    Ping,
    Pong,
    Message,
    Upgrade,
    Noop,
}
