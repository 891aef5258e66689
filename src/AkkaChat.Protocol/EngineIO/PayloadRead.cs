namespace AkkaChat.Protocol.EngineIO;

/// <summary>What one step of <see cref="PollingPayloadReader"/> gave.</summary>
internal enum PayloadRead
{
    Packet,
    End,
    Error,
}
