namespace AkkaChat.Protocol.EngineIO;

/// <summary>The two ways in which Engine.IO packets travel.</summary>
internal enum EngineTransport
{
    /// <summary>HTTP long-polling: GET receives, POST sends.</summary>
    Polling,

    /// <summary>One WebSocket for both directions.</summary>
    WebSocket,
}
