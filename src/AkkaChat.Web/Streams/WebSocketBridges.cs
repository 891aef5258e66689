using Akka.Streams;
using AkkaChat.Dispatch;

namespace AkkaChat.Web.WebSockets;

/// <summary>Builds with Akka Streams have this bridge too, and prefer it.</summary>
internal static partial class WebSocketBridges
{
    static partial void CreateStreamsBridge(AkkaChatServer server, ref Func<IWebSocketBridge>? bridge)
    {
        var lazy = new Lazy<IWebSocketBridge>(
            () => new Streams.StreamsBridge(ActorMaterializer.Create(
                server.System, ActorMaterializerSettings.Create(server.System).WithDispatcher(BatchingDispatcher.Id))));
        bridge = () => lazy.Value;
    }
}
