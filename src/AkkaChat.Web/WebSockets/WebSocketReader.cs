using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Unicode;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;

namespace AkkaChat.Web.WebSockets;

/// <summary>What a read brought: a packet, or the reason for the end.</summary>
internal readonly record struct WebSocketRead(EnginePacket Packet, CloseReason? End, string? Violation);

/// <summary>The reading half of one WebSocket: its messages, decoded to packets.</summary>
internal sealed class WebSocketReader(
    IWebSocketConnection connection, Session session, int generation, CancellationToken lifetime)
{
    /// <summary>After so many pongs in a row others get their turn in this thread.</summary>
    private const int PongsInARow = 64;

    private readonly EngineDialect _dialect = session.Dialect;

    /// <summary>Reads the next packet that the session must know of. Never throws.</summary>
    public async ValueTask<WebSocketRead> ReadAsync()
    {
        try
        {
            for (var pongs = 1; ; pongs++)
            {
                var message = await connection.ReceiveAsync(lifetime);
                if (message.End is not null)
                {
                    return new WebSocketRead(default, message.End, message.Violation);
                }

                var read = Decode(message);
                if (read.Packet.Type != EnginePacketType.Pong || read.End is not null || !session.TryNotePong(generation))
                {
                    return read;
                }

                if (pongs % PongsInARow == 0)
                {
                    await Task.Yield();
                }
            }
        }
        catch (WebSocketException exception)
        {
            return End(ReasonOf(exception));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException
            or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return End(CloseReason.TransportClose);
        }
    }

    private WebSocketRead Decode(in WebSocketMessage message)
    {
        if (_dialect.IsLegacy)
        {
            return DecodeLegacy(message);
        }

        if (message.IsBinary)
        {
            return new WebSocketRead(EnginePacketCodec.FromBinary(message.Data), null, null);
        }

        return EnginePacketCodec.TryDecodeText(message.Data, out var packet, out var error)
            ? new WebSocketRead(packet, null, null)
            : NotAPacket(message.Data.Span, error.Reason);
    }

    private static WebSocketRead DecodeLegacy(in WebSocketMessage message)
    {
        var isDecoded = message.IsBinary
            ? LegacyPacketCodec.TryDecodeBinary(message.Data, out var packet, out var error)
            : LegacyPacketCodec.TryDecodeText(message.Data, out packet, out error);
        return isDecoded ? new WebSocketRead(packet, null, null) : Violation(error.Reason);
    }

    private static WebSocketRead End(CloseReason reason) => new(default, reason, null);

    /// <summary>That a text is no text has a close code of its own.</summary>
    private static WebSocketRead NotAPacket(ReadOnlySpan<byte> text, string why) =>
        new(default, Utf8.IsValid(text) ? CloseReason.ParseError : CloseReason.InvalidText, why);

    private static WebSocketRead Violation(string why) => new(default, CloseReason.ParseError, why);

    /// <summary>The WebSocket class has told the client already what it did wrong.</summary>
    private static CloseReason ReasonOf(WebSocketException exception) => exception.WebSocketErrorCode switch
    {
        WebSocketError.Faulted or WebSocketError.InvalidMessageType => CloseReason.ParseError,
        _ => CloseReason.TransportClose,
    };
}
