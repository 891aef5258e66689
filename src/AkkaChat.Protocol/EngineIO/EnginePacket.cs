namespace AkkaChat.Protocol.EngineIO;

/// <summary>
/// One decoded Engine.IO packet. <see cref="Data"/> is what follows the type digit, or the binary message.
/// </summary>
internal readonly record struct EnginePacket(EnginePacketType Type, ReadOnlyMemory<byte> Data, bool IsBinary);
