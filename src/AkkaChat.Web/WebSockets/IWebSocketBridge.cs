using AkkaChat.Sessions;

namespace AkkaChat.Web.WebSockets;

/// <summary>
/// Carries the packets of one WebSocket to its session, as fast as the session's window lets them in, until the
/// connection ends.
/// </summary>
internal interface IWebSocketBridge
{
    /// <summary>Carries packets until the end, and says why it ended. Never fails.</summary>
    Task<WebSocketRead> RunAsync(WebSocketReader reader, Session session, int generation, CancellationToken lifetime);
}
