using System.Buffers;
using System.Net.WebSockets;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;

namespace AkkaChat.Web.WebSockets;

/// <summary>What a read brought: a packet, or the reason for the end.</summary>
internal readonly record struct WebSocketRead(EnginePacket Packet, CloseReason? End, string? Violation);

/// <summary>
/// The reading half of one WebSocket: whole messages, up to the largest allowed, decoded to packets. It holds no buffer
/// while it waits.
/// </summary>
internal sealed class WebSocketReader(
    WebSocket socket, int maxPayload, EngineDialect dialect, CancellationToken lifetime)
{
    private const int FirstBuffer = 4096;

    /// <summary>Pieces that any message may come in; more are a way to keep the server busy with nothing.</summary>
    private const int FreePieces = 1024;

    /// <summary>Reads the next packet. Never throws.</summary>
    public async ValueTask<WebSocketRead> ReadAsync()
    {
        try
        {
            return await ReadMessageAsync();
        }
        catch (WebSocketException exception)
        {
            return End(ReasonOf(exception));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException
            or ObjectDisposedException or InvalidOperationException)
        {
            return End(CloseReason.TransportClose);
        }
    }

    private async ValueTask<WebSocketRead> ReadMessageAsync()
    {
        // Waiting takes no buffer: a read of nothing completes when something has come.
        var result = await socket.ReceiveAsync(Memory<byte>.Empty, lifetime);
        if (result.MessageType == WebSocketMessageType.Close || result.EndOfMessage)
        {
            return result.MessageType == WebSocketMessageType.Close
                ? End(CloseReason.TransportClose)
                : Decode(ReadOnlyMemory<byte>.Empty, result.MessageType);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var count = 0;
            for (var pieces = 1; ; pieces++)
            {
                result = await socket.ReceiveAsync(buffer.AsMemory(count), lifetime);
                count += result.Count;
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return End(CloseReason.TransportClose);
                }

                if (count > maxPayload)
                {
                    return End(CloseReason.MessageTooLarge);
                }

                if (result.EndOfMessage)
                {
                    return Decode(buffer.AsMemory(0, count).ToArray(), result.MessageType);
                }

                if (pieces > FreePieces && pieces > count / 16)
                {
                    return Violation("a message came in too many small fragments");
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

    private static byte[] Grow(byte[] buffer, int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private WebSocketRead Decode(ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        if (dialect.IsLegacy)
        {
            return DecodeLegacy(message, type);
        }

        if (type == WebSocketMessageType.Binary)
        {
            return new WebSocketRead(EnginePacketCodec.FromBinary(message), null, null);
        }

        return EnginePacketCodec.TryDecodeText(message, out var packet, out var error)
            ? new WebSocketRead(packet, null, null)
            : Violation(error.Reason);
    }

    private static WebSocketRead DecodeLegacy(ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        var isDecoded = type == WebSocketMessageType.Binary
            ? LegacyPacketCodec.TryDecodeBinary(message, out var packet, out var error)
            : LegacyPacketCodec.TryDecodeText(message, out packet, out error);
        return isDecoded ? new WebSocketRead(packet, null, null) : Violation(error.Reason);
    }

    private static WebSocketRead End(CloseReason reason) => new(default, reason, null);

    private static WebSocketRead Violation(string why) => new(default, CloseReason.ParseError, why);

    /// <summary>The WebSocket class has told the client already what it did wrong.</summary>
    private static CloseReason ReasonOf(WebSocketException exception) => exception.WebSocketErrorCode switch
    {
        WebSocketError.Faulted or WebSocketError.InvalidMessageType => CloseReason.ParseError,
        _ => CloseReason.TransportClose,
    };
}
