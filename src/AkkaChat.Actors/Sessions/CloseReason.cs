namespace AkkaChat.Sessions;

/// <summary>
/// Why a connection or a socket ended: the one table of reasons. The text is what handlers, logs and metrics see.
/// </summary>
/// <param name="Text">The reason in the field's usual words.</param>
/// <param name="WebSocketCode">The close code sent on a WebSocket (RFC 6455 section 7.4).</param>
/// <param name="ShouldReconnect">Whether a client does well to connect again by itself.</param>
internal sealed record CloseReason(string Text, int WebSocketCode, bool ShouldReconnect)
{
    /// <summary>The connection ended from the client's side, in whatever way.</summary>
    public static readonly CloseReason TransportClose = new("transport close", 1000, true);

    /// <summary>The client broke the rules of its transport: two polls at once, a ping of its own.</summary>
    public static readonly CloseReason TransportError = new("transport error", 1002, true);

    /// <summary>No pong came within the ping timeout.</summary>
    public static readonly CloseReason PingTimeout = new("ping timeout", 1001, true);

    /// <summary>What the client sent is not a valid packet.</summary>
    public static readonly CloseReason ParseError = new("parse error", 1002, false);

    /// <summary>A text message was not valid UTF-8.</summary>
    public static readonly CloseReason InvalidText = new("parse error", 1007, false);

    /// <summary>A message or request body was over <c>max-payload</c>.</summary>
    public static readonly CloseReason MessageTooLarge = new("message too large", 1009, false);

    /// <summary>The client did not read, and its outbox reached <c>outbox-limit</c>.</summary>
    public static readonly CloseReason SlowConsumer = new("slow consumer", 1008, true);

    /// <summary>No namespace was joined within <c>connect-timeout</c>.</summary>
    public static readonly CloseReason ConnectTimeout = new("connect timeout", 1008, false);

    /// <summary>The client's credentials have expired, and it had no new ones.</summary>
    public static readonly CloseReason CredentialsExpired = new("credentials expired", 1008, true);

    /// <summary>The application closed the whole connection.</summary>
    public static readonly CloseReason ForcedServerClose = new("forced server close", 1000, false);

    /// <summary>The server is shutting down.</summary>
    public static readonly CloseReason ServerShuttingDown = new("server shutting down", 1001, true);

    /// <summary>The session failed on the server; nothing else is affected.</summary>
    public static readonly CloseReason ServerError = new("server error", 1011, true);

    /// <summary>The client left one namespace. The connection stays.</summary>
    public static readonly CloseReason ClientNamespaceDisconnect = new("client namespace disconnect", 1000, false);

    /// <summary>The application removed the client from one namespace. The connection stays.</summary>
    public static readonly CloseReason ServerNamespaceDisconnect = new("server namespace disconnect", 1000, false);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
