using System.Buffers.Binary;
using System.Text;

namespace AkkaChat.Protocol.WebSockets;

/// <summary>Encodes whole messages and control frames from server to client (RFC 6455, section 5.2).</summary>
/// <remarks>
/// <code>
/// 1 byte   FIN (0x80) and opcode: 1 text, 2 binary
/// 1 byte   length 0..125, or 126: 2 bytes follow, or 127: 8 bytes follow (big endian, the shortest form)
/// payload  as it is: only clients mask, so all recipients can share these bytes
/// </code>
/// </remarks>
internal static class WebSocketFrame
{
    private const int Final = 0x80;
    private const int MaxControl = 125;
    private const byte FinalText = 0x81;
    private const byte FinalBinary = 0x82;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    public static byte[] Encode(ReadOnlySpan<byte> payload, bool isBinary)
    {
        var header = HeaderLength(payload.Length);
        var frame = new byte[header + payload.Length];
        frame[0] = isBinary ? FinalBinary : FinalText;
        WriteLength(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }

    /// <summary>The answer to a ping with that payload, 125 bytes at most.</summary>
    public static byte[] Pong(ReadOnlySpan<byte> payload) => EncodeControl(WebSocketOpcode.Pong, payload);

    /// <summary>The last frame: a code and a reason, 123 bytes at most.</summary>
    public static byte[] Close(int code, string reason)
    {
        Span<byte> payload = stackalloc byte[MaxControl];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        var length = 2 + Encoding.UTF8.GetBytes(reason, payload[2..]);
        return EncodeControl(WebSocketOpcode.Close, payload[..length]);
    }

    private static byte[] EncodeControl(WebSocketOpcode opcode, ReadOnlySpan<byte> payload) =>
        [(byte)(Final | (int)opcode), (byte)payload.Length, .. payload];

    private static int HeaderLength(int payloadLength) => payloadLength switch
    {
        < Length16 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };

    private static void WriteLength(Span<byte> target, int length)
    {
        switch (length)
        {
            case < Length16:
                target[0] = (byte)length;
                break;
            case <= ushort.MaxValue:
                target[0] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)length);
                break;
            default:
                target[0] = Length64;
                BinaryPrimitives.WriteUInt64BigEndian(target[1..], (ulong)length);
                break;
        }
    }
}
