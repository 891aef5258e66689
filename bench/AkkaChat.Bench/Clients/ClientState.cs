namespace AkkaChat.Bench.Clients;

/// <summary>How far a client has come.</summary>
internal enum ClientState
{
    /// <summary>TCP is being connected.</summary>
    Connecting,

    /// <summary>The request for a WebSocket is on its way.</summary>
    Upgrading,

    /// <summary>The WebSocket is open.</summary>
    Open,

    /// <summary>The connection has ended.</summary>
    Closed,
}
