namespace AkkaChat.Protocol.EngineIO;

/// <summary>Reads the packets of one polling POST body, one by one. Implemented by mutable structs.</summary>
internal interface IPayloadReader
{
    /// <summary>After an error every further call gives the same error.</summary>
    PayloadRead Read(out EnginePacket packet, out ProtocolError error);
}
