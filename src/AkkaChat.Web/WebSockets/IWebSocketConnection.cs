using AkkaChat.Protocol;
using AkkaChat.Sessions;

namespace AkkaChat.Web.WebSockets;

/// <summary>What came in: a whole message, or the reason for the end.</summary>
internal readonly record struct WebSocketMessage(
    ReadOnlyMemory<byte> Data, bool IsBinary, CloseReason? End = null, string? Violation = null);

/// <summary>
/// One accepted WebSocket: <see cref="ClassWebSocket"/> by ASP.NET Core's class, which can do everything, or
/// <see cref="FramedWebSocket"/> with framing of our own, where nothing else is needed. One reads and one writes.
/// </summary>
internal interface IWebSocketConnection : IDisposable
{
    /// <summary>Whether writing costs so little that the thread that has something to write does it.</summary>
    bool WritesInCallersThread { get; }

    /// <summary>Whether it goes on when the request that brought it is over; then disposing of it closes the connection.</summary>
    bool OutlivesRequest { get; }

    /// <summary>
    /// Whether it has closed by itself, over a broken frame, and its close frame may still be on its way.
    /// </summary>
    bool HasClosedItself { get; }

    /// <summary>Waits for the next message. Throws what the connection's end brings with it.</summary>
    ValueTask<WebSocketMessage> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Writes packets in order, each message as one frame. Throws if the connection is broken.</summary>
    ValueTask WriteAsync(List<WirePacket> packets, CancellationToken cancellationToken);

    /// <summary>Writes the close frame, and nothing after it.</summary>
    ValueTask CloseOutputAsync(CloseReason reason, CancellationToken cancellationToken);

    /// <summary>Breaks the connection off.</summary>
    void Abort();
}
