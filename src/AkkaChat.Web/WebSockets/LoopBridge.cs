using AkkaChat.Sessions;

namespace AkkaChat.Web.WebSockets;

/// <summary>The plain bridge: a loop that reads a packet, waits for room in the window, and hands the packet on.</summary>
internal sealed class LoopBridge : IWebSocketBridge
{
    /// <inheritdoc/>
    public async Task<WebSocketRead> RunAsync(
        WebSocketReader reader, Session session, int generation, CancellationToken lifetime)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.End is not null)
            {
                return read;
            }

            try
            {
                await session.Window.EnterAsync(read.Packet.Data.Length, lifetime);
            }
            catch (OperationCanceledException)
            {
                return new WebSocketRead(default, CloseReason.TransportClose, null);
            }

            session.Tell(new SessionMessages.PacketArrived(generation, read.Packet, null));
        }
    }
}
