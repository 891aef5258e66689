using System.Buffers.Binary;

namespace AkkaChat.Host.Uploads;

/// <summary>WebP: a RIFF file whose first chunk is one of three, each with the size in its own way.</summary>
internal static class WebPHeader
{
    private const int FirstChunk = 12;
    private const int Payload = 20;
    private const byte LosslessSignature = 0x2F;

    private static ReadOnlySpan<byte> LossyStart => [0x9D, 0x01, 0x2A];

    public static (int Width, int Height)? TryReadSize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Payload)
        {
            return null;
        }

        var chunk = bytes[FirstChunk..];
        var payload = bytes[Payload..];
        return chunk.StartsWith("VP8 "u8) ? Lossy(payload)
            : chunk.StartsWith("VP8L"u8) ? Lossless(payload)
            : chunk.StartsWith("VP8X"u8) ? Extended(payload)
            : null;
    }

    /// <summary>A frame's header: 3 bytes, a start code, then 14 bits each.</summary>
    private static (int Width, int Height)? Lossy(ReadOnlySpan<byte> payload) =>
        payload.Length >= 10 && payload[3..].StartsWith(LossyStart)
            ? (BinaryPrimitives.ReadUInt16LittleEndian(payload[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(payload[8..]) & 0x3FFF)
            : null;

    /// <summary>A signature, then 14 bits each, one less than the size.</summary>
    private static (int Width, int Height)? Lossless(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 5 || payload[0] != LosslessSignature)
        {
            return null;
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]);
        return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
    }

    /// <summary>Flags, then 24 bits each, one less than the size.</summary>
    private static (int Width, int Height)? Extended(ReadOnlySpan<byte> payload) =>
        payload.Length >= 10 ? (UInt24(payload[4..]) + 1, UInt24(payload[7..]) + 1) : null;

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
