using Akka.Streams;
using Akka.Streams.Dsl;
using AkkaChat.Sessions;
using AkkaChat.Web.WebSockets;

namespace AkkaChat.Web.Streams;

/// <summary>
/// The bridge on Akka Streams: the packets of a WebSocket are a source, the session is a sink that asks for the next
/// one when its window has room. Both are fused into one graph, so a packet crosses no thread between them.
/// </summary>
internal sealed class StreamsBridge(IMaterializer materializer) : IWebSocketBridge
{
    /// <inheritdoc/>
    public Task<WebSocketRead> RunAsync(
        WebSocketReader reader, Session session, int generation, CancellationToken lifetime) =>
        Source.FromGraph(new WebSocketSource(reader))
            .RunWith(Sink.FromGraph(new SessionSink(session, generation, lifetime)), materializer);
}
