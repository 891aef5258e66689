namespace AkkaChat.Bench.WebSockets;

/// <summary>Kinds of WebSocket frames (RFC 6455, 5.2).</summary>
internal enum Opcode
{
    /// <summary>The next part of a fragmented message.</summary>
    Continuation = 0,

    /// <summary>UTF-8 text.</summary>
    Text = 1,

    /// <summary>Bytes.</summary>
    Binary = 2,

    /// <summary>The connection ends.</summary>
    Close = 8,

    /// <summary>To be answered with a pong.</summary>
    Ping = 9,

    /// <summary>An answer.</summary>
    Pong = 10,
}
