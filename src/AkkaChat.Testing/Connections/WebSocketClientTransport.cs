using System.Buffers;
using System.Net.WebSockets;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Testing.Connections;

/// <summary>The client's end of one WebSocket.</summary>
internal sealed class WebSocketClientTransport(WebSocket socket) : IClientTransport
{
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <inheritdoc/>
    public string? CloseReason { get; private set; }

    /// <inheritdoc/>
    public async Task SendAsync(WirePacket packet)
    {
        await _sending.WaitAsync();
        try
        {
            for (var index = 0; index < packet.Messages.Length; index++)
            {
                var message = packet.Messages[index];
                var type = message.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
                await socket.SendAsync(message.Data, type, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            throw new IOException("The connection is closed.", exception);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<EnginePacket?> ReceiveAsync()
    {
        try
        {
            return await ReadMessageAsync();
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        await _sending.WaitAsync();
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The server was faster.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <inheritdoc/>
    public void Abort() => socket.Abort();

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    private async Task<EnginePacket?> ReadMessageAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(message.GetMemory(4096), CancellationToken.None);
            message.Advance(part.Count);
        }
        while (!part.EndOfMessage);

        if (part.MessageType == WebSocketMessageType.Close)
        {
            CloseReason = socket.CloseStatusDescription;
            await CloseAsync();
            return null;
        }

        return Decode(message.WrittenMemory, part.MessageType);
    }

    private static EnginePacket Decode(ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        if (type == WebSocketMessageType.Binary)
        {
            return EnginePacketCodec.FromBinary(message);
        }

        return EnginePacketCodec.TryDecodeText(message, out var packet, out var error)
            ? packet
            : throw new InvalidDataException($"The server sent what is no packet: {error.Reason}");
    }

    private static bool IsEnd(Exception exception) => exception is WebSocketException or IOException
        or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
