using System.Buffers;
using System.Net.WebSockets;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;

namespace AkkaChat.Web.WebSockets;

/// <summary>
/// A WebSocket by ASP.NET Core's class: over TLS and HTTP/2, with compression, and for legacy clients. It holds no buffer
/// while it waits.
/// </summary>
internal sealed class ClassWebSocket(WebSocket socket, int maxPayload, EngineDialect dialect) : IWebSocketConnection
{
    private const int FirstBuffer = 4096;

    /// <summary>Pieces that any message may come in; more are a way to keep the server busy with nothing.</summary>
    private const int FreePieces = 1024;

    private static readonly ReadOnlyMemory<byte> LegacyBinaryPrefix = new[] { LegacyPacketCodec.BinaryPrefix };

    /// <inheritdoc/>
    public bool WritesInCallersThread => false;

    /// <inheritdoc/>
    public bool OutlivesRequest => false;

    /// <inheritdoc/>
    public bool HasClosedItself => socket.State == WebSocketState.Aborted;

    /// <inheritdoc/>
    public async ValueTask<WebSocketMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        // Waiting takes no buffer: a read of nothing completes when something has come.
        var result = await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
        if (result.MessageType == WebSocketMessageType.Close || result.EndOfMessage)
        {
            return result.MessageType == WebSocketMessageType.Close
                ? Ended(CloseReason.TransportClose)
                : Message(ReadOnlyMemory<byte>.Empty, result.MessageType);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var count = 0;
            for (var pieces = 1; ; pieces++)
            {
                result = await socket.ReceiveAsync(buffer.AsMemory(count), cancellationToken);
                count += result.Count;
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return Ended(CloseReason.TransportClose);
                }

                if (count > maxPayload)
                {
                    return Ended(CloseReason.MessageTooLarge);
                }

                if (result.EndOfMessage)
                {
                    return Message(buffer.AsMemory(0, count).ToArray(), result.MessageType);
                }

                if (pieces > FreePieces && pieces > count / 16)
                {
                    return Ended(CloseReason.ParseError, "a message came in too many small fragments");
                }

                if (count == buffer.Length)
                {
                    buffer = Grow(buffer, count);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(List<WirePacket> packets, CancellationToken cancellationToken)
    {
        foreach (var packet in packets)
        {
            await WriteAsync(packet, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CloseOutputAsync(CloseReason reason, CancellationToken cancellationToken) =>
        await socket.CloseOutputAsync((WebSocketCloseStatus)reason.WebSocketCode, reason.Text, cancellationToken);

    /// <inheritdoc/>
    public void Abort() => socket.Abort();

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static byte[] Grow(byte[] buffer, int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static WebSocketMessage Message(ReadOnlyMemory<byte> data, WebSocketMessageType type) =>
        new(data, type == WebSocketMessageType.Binary);

    private static WebSocketMessage Ended(CloseReason reason, string? violation = null) =>
        new(default, IsBinary: false, reason, violation);

    private async ValueTask WriteAsync(WirePacket packet, CancellationToken cancellationToken)
    {
        for (var index = 0; index < packet.Messages.Length; index++)
        {
            var message = packet.Messages[index];
            var type = message.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            var flags = packet.Compress
                ? WebSocketMessageFlags.EndOfMessage
                : WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression;
            if (message.IsBinary && dialect.IsLegacy)
            {
                await WriteLegacyBinaryAsync(message.Data, flags, cancellationToken);
                continue;
            }

            await socket.SendAsync(message.Data, type, flags, cancellationToken);
        }
    }

    /// <summary>The type before the bytes is a fragment of its own, so that the bytes stay shared.</summary>
    private async ValueTask WriteLegacyBinaryAsync(
        ReadOnlyMemory<byte> data, WebSocketMessageFlags flags, CancellationToken cancellationToken)
    {
        if (!dialect.TakesBinary)
        {
            await socket.SendAsync(
                LegacyPacketCodec.ToBase64(data.Span), WebSocketMessageType.Text, flags, cancellationToken);
            return;
        }

        var more = flags & ~WebSocketMessageFlags.EndOfMessage;
        await socket.SendAsync(LegacyBinaryPrefix, WebSocketMessageType.Binary, more, cancellationToken);
        await socket.SendAsync(data, WebSocketMessageType.Binary, flags, cancellationToken);
    }
}
