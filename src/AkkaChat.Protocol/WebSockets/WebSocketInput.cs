using System.Buffers.Binary;
using System.Text.Unicode;

namespace AkkaChat.Protocol.WebSockets;

/// <summary>What kind of input there was.</summary>
internal enum WebSocketInputKind
{
    /// <summary>Nothing yet: the input is not complete.</summary>
    NeedMore,

    /// <summary>A whole message.</summary>
    Message,

    /// <summary>A ping, to be answered.</summary>
    Ping,

    /// <summary>A pong, which asks for nothing.</summary>
    Pong,

    /// <summary>The client closes.</summary>
    Close,

    /// <summary>A message is over the limit.</summary>
    TooLarge,

    /// <summary>The client breaks the protocol.</summary>
    Broken,
}

/// <summary>One message or control frame of a client, or what is wrong with it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Data">The payload of a message or ping; nobody else holds it.</param>
/// <param name="IsBinary">Whether a message is bytes; text is not checked to be UTF-8.</param>
/// <param name="Violation">What is broken.</param>
internal readonly record struct WebSocketInput(
    WebSocketInputKind Kind, ReadOnlyMemory<byte> Data = default, bool IsBinary = false, string? Violation = null)
{
    public static readonly WebSocketInput NeedMore = new(WebSocketInputKind.NeedMore);

    public static readonly WebSocketInput Pong = new(WebSocketInputKind.Pong);

    public static readonly WebSocketInput TooLarge = new(WebSocketInputKind.TooLarge);

    public static WebSocketInput Message(byte[] data, bool isBinary) => new(WebSocketInputKind.Message, data, isBinary);

    public static WebSocketInput Ping(byte[] data) => new(WebSocketInputKind.Ping, data);

    public static WebSocketInput Broken(string violation) => new(WebSocketInputKind.Broken, Violation: violation);

    /// <summary>A close frame: empty, or a code that may be sent and a reason in UTF-8 (section 7.4).</summary>
    public static WebSocketInput ReadClose(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return new WebSocketInput(WebSocketInputKind.Close);
        }

        return payload.Length >= 2 && IsSendable(BinaryPrimitives.ReadUInt16BigEndian(payload)) && Utf8.IsValid(payload[2..])
            ? new WebSocketInput(WebSocketInputKind.Close)
            : Broken("a close frame has no valid code and reason");
    }

    private static bool IsSendable(ushort code) =>
        code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
