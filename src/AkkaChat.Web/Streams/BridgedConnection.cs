using Akka.Streams;
using AkkaChat.Sessions;
using AkkaChat.Web.WebSockets;

namespace AkkaChat.Web.Streams;

/// <summary>The connection that a run of the bridge's graph serves.</summary>
/// <param name="Reader">Where packets come from.</param>
/// <param name="Session">Where they go.</param>
/// <param name="Generation">The transport that they come by.</param>
/// <param name="Lifetime">Cancelled when a connection that is being closed has had its time.</param>
internal sealed record BridgedConnection(WebSocketReader Reader, Session Session, int Generation, CancellationToken Lifetime)
    : Attributes.IAttribute
{
    public static BridgedConnection Of(Attributes attributes) =>
        attributes.GetAttribute<BridgedConnection>() ?? throw new InvalidOperationException("The graph runs for no connection.");
}
