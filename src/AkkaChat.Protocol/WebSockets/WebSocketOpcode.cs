namespace AkkaChat.Protocol.WebSockets;

/// <summary>What a frame is (RFC 6455, section 5.2).</summary>
internal enum WebSocketOpcode
{
    /// <summary>More of a message.</summary>
    Continuation = 0,

    /// <summary>A message of UTF-8 text, or its beginning.</summary>
    Text = 1,

    /// <summary>A message of bytes, or its beginning.</summary>
    Binary = 2,

    /// <summary>The last frame of its sender.</summary>
    Close = 8,

    /// <summary>To be answered by a pong with the same payload.</summary>
    Ping = 9,

    /// <summary>Answers a ping, or none.</summary>
    Pong = 10,
}
