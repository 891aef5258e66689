using System.Text;

namespace AkkaChat.Protocol.EngineIO;

/// <summary>The table of Engine.IO's HTTP errors: what a refused handshake or request is answered with.</summary>
/// <remarks><code>{"code":0,"message":"Transport unknown"}</code></remarks>
internal sealed record EngineError(int Code, string Message, int StatusCode)
{
    /// <summary>The query names no transport, an unknown one, or several.</summary>
    public static EngineError TransportUnknown { get; } = new(0, "Transport unknown", 400);

    /// <summary>No session has this id, or no longer.</summary>
    public static EngineError SessionIdUnknown { get; } = new(1, "Session ID unknown", 400);

    /// <summary>A request without session id is not a GET.</summary>
    public static EngineError BadHandshakeMethod { get; } = new(2, "Bad handshake method", 400);

    /// <summary>
    /// The request doesn't fit the session: a poll after the upgrade, a WebSocket transport without WebSocket.
    /// </summary>
    public static EngineError BadRequest { get; } = new(3, "Bad request", 400);

    /// <summary>The application or the origin check refused the client.</summary>
    public static EngineError Forbidden { get; } = new(4, "Forbidden", 403);

    /// <summary>The query parameter EIO is missing or names a version that is not served.</summary>
    public static EngineError UnsupportedProtocolVersion { get; } = new(5, "Unsupported protocol version", 400);

    /// <summary>The body of the answer. The messages above need no JSON escaping.</summary>
    public ReadOnlyMemory<byte> Json { get; } =
        Encoding.UTF8.GetBytes($$"""{"code":{{Code}},"message":"{{Message}}"}""");
}
