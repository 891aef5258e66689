using System.Buffers.Binary;

namespace AkkaChat.Bench.WebSockets;

/// <summary>The header of a frame from a server: never masked.</summary>
internal readonly record struct FrameHeader(Opcode Opcode, bool IsFinal, int Length, int PayloadLength)
{
    private const int LengthIn16Bits = 126;
    private const int LengthIn64Bits = 127;

    /// <summary>The whole frame's length.</summary>
    public int FrameLength => Length + PayloadLength;

    /// <summary>Reads a header; false if its bytes are not all there yet.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out FrameHeader header)
    {
        header = default;
        if (data.Length < 2)
        {
            return false;
        }

        int shortLength = data[1];
        var length = shortLength switch { LengthIn16Bits => 4, LengthIn64Bits => 10, _ => 2 };
        if (data.Length < length)
        {
            return false;
        }

        var payloadLength = shortLength switch
        {
            LengthIn16Bits => BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            LengthIn64Bits => checked((int)BinaryPrimitives.ReadUInt64BigEndian(data[2..])),
            _ => shortLength,
        };
        header = new FrameHeader((Opcode)(data[0] & 0x0F), (data[0] & 0x80) != 0, length, payloadLength);
        return true;
    }
}
