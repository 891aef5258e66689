namespace AkkaChat.Bench.Protocols;

/// <summary>Who speaks first on a new WebSocket.</summary>
internal enum Greeting
{
    /// <summary>Nobody: a client may send as soon as the WebSocket is open.</summary>
    None,

    /// <summary>The client sends its hello at once.</summary>
    ByClient,

    /// <summary>The server greets, and the client answers with its hello.</summary>
    ByServer,
}
