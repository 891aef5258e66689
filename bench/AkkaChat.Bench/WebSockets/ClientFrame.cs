using System.Buffers.Binary;

namespace AkkaChat.Bench.WebSockets;

/// <summary>
/// Frames from a client are masked (RFC 6455, 5.3). One key serves all: so a frame is masked once, when it is made, and what
/// changes in it from message to message is masked where it is written. The key isn't zero, for which servers have short cuts.
/// </summary>
internal static class ClientFrame
{
    private const uint MaskKey = 0x5AC3_96F1;

    public static byte[] Of(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var headerLength = HeaderLength(payload.Length);
        var frame = new byte[headerLength + payload.Length];
        frame[0] = (byte)(0x80 | (int)opcode);
        WriteLength(frame, payload.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(headerLength - sizeof(uint)), MaskKey);
        for (var index = 0; index < payload.Length; index++)
        {
            frame[headerLength + index] = (byte)(payload[index] ^ MaskAt(index));
        }

        return frame;
    }

    /// <summary>Where the payload of a frame begins that carries so many bytes.</summary>
    public static int HeaderLength(int payloadLength) => sizeof(uint) + payloadLength switch
    {
        < 126 => 2,
        <= ushort.MaxValue => 4,
        _ => 10,
    };

    /// <summary>The mask of the payload's byte with that index.</summary>
    public static byte MaskAt(int payloadIndex) => (byte)(MaskKey >> (24 - (8 * (payloadIndex & 3))));

    private static void WriteLength(Span<byte> frame, int length)
    {
        const int masked = 0x80;
        switch (HeaderLength(length) - sizeof(uint))
        {
            case 2:
                frame[1] = (byte)(masked | length);
                break;
            case 4:
                frame[1] = masked | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
                break;
            default:
                frame[1] = masked | 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)length);
                break;
        }
    }
}
