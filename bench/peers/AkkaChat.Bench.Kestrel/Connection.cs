using System.Net.WebSockets;
using System.Threading.Channels;

namespace AkkaChat.Bench.Kestrel;

/// <summary>One WebSocket, its bounded queue of encoded messages, and the loop that writes them.</summary>
internal sealed class Connection
{
    private const int QueueLength = 1_024;

    private readonly WebSocket _socket;
    private readonly Channel<ReadOnlyMemory<byte>> _queue = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public Connection(WebSocket socket) => _socket = socket;

    /// <summary>Queues a message; whoever is so far behind that it does not fit is cut off.</summary>
    public void Send(ReadOnlyMemory<byte> message)
    {
        if (!_queue.Writer.TryWrite(message))
        {
            _socket.Abort();
        }
    }

    public void Complete() => _queue.Writer.TryComplete();

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
    }
}
