using Akka.Streams;
using Akka.Streams.Dsl;
using AkkaChat.Sessions;
using AkkaChat.Web.WebSockets;

namespace AkkaChat.Web.Streams;

/// <summary>
/// The bridge on Akka Streams: the packets of a WebSocket are a source, the session is a sink that asks for the next
/// one when its window has room. Both are fused into one graph, so a packet crosses no thread between them. The graph
/// is drawn and fused once; the connection that it is to serve comes with its attributes.
/// </summary>
internal sealed class StreamsBridge(IMaterializer materializer) : IWebSocketBridge
{
    private static readonly IGraph<ClosedShape, Task<WebSocketRead>> Graph = Fusing.Aggressive(
        Source.FromGraph(new WebSocketSource()).ToMaterialized(Sink.FromGraph(new SessionSink()), Keep.Right));

    /// <inheritdoc/>
    public Task<WebSocketRead> RunAsync(
        WebSocketReader reader, Session session, int generation, CancellationToken lifetime) =>
        materializer.Materialize(Graph, new Attributes(new BridgedConnection(reader, session, generation, lifetime)));
}
