namespace AkkaChat.Protocol.EngineIO;

/// <summary>Which revision of Engine.IO a client speaks, and how it takes binary over HTTP.</summary>
/// <param name="IsLegacy">
/// Revision 3, of socket.io-client 1 and 2: the client pings, and binary and polling payloads have forms of their own.
/// </param>
/// <param name="TakesBinary">Of a legacy client: whether it takes bytes; else it gets base64 (query <c>b64=1</c>).</param>
internal sealed record EngineDialect(bool IsLegacy, bool TakesBinary)
{
    /// <summary>Revision 4.</summary>
    public static EngineDialect Current { get; } = new(false, true);

    /// <summary>Revision 3.</summary>
    public static EngineDialect Legacy { get; } = new(true, true);

    /// <summary>Revision 3 with base64.</summary>
    public static EngineDialect LegacyBase64 { get; } = new(true, false);

    public static EngineDialect LegacyOf(bool takesBinary) => takesBinary ? Legacy : LegacyBase64;
}
