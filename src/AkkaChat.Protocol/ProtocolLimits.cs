namespace AkkaChat.Protocol;

/// <summary>What one client may ask of the decoder; the size of a whole message is limited by the transport.</summary>
internal sealed record ProtocolLimits
{
    public static ProtocolLimits Default { get; } = new();

    /// <summary>Binary attachments of one packet. Default 10, as in socket.io-parser.</summary>
    public int MaxAttachments { get; init; } = 10;

    /// <summary>Arrays and objects inside each other in one JSON payload, at least 1. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>UTF-8 bytes of a namespace name or of an event name. Default 512.</summary>
    public int MaxNameLength { get; init; } = 512;
}
