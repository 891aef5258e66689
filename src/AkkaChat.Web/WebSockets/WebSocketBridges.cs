namespace AkkaChat.Web.WebSockets;

/// <summary>
/// Chooses the bridge by <c>akkachat.websocket-bridge</c>. Builds without Akka Streams have no body for
/// <see cref="CreateStreamsBridge"/>, and so the loops only.
/// </summary>
internal static partial class WebSocketBridges
{
    /// <summary>Makes the chosen bridge when it is first needed, when the actor system runs.</summary>
    public static Func<IWebSocketBridge> Choose(AkkaChatServer server)
    {
        IWebSocketBridge loops = new LoopBridge();
        if (server.Settings.WebSocketBridge == "loops")
        {
            return () => loops;
        }

        Func<IWebSocketBridge>? streams = null;
        CreateStreamsBridge(server, ref streams);
        if (streams is null && server.Settings.WebSocketBridge == "streams")
        {
            throw new AkkaChatConfigurationException(
                "akkachat.websocket-bridge = 'streams' is not accepted: this build has no Akka Streams. Accepted: auto, loops.");
        }

        return streams ?? (() => loops);
    }

    static partial void CreateStreamsBridge(AkkaChatServer server, ref Func<IWebSocketBridge>? bridge);
}
