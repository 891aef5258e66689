namespace AkkaChat.Testing;

/// <summary>How a test client carries its packets.</summary>
public enum TestTransport
{
    /// <summary>One WebSocket from the start.</summary>
    WebSocket,

    /// <summary>HTTP long-polling.</summary>
    Polling,

    /// <summary>It begins with HTTP long-polling and goes on to a WebSocket before it joins a namespace.</summary>
    Upgrade,
}
