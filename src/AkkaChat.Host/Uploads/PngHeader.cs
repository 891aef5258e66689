using System.Buffers.Binary;

namespace AkkaChat.Host.Uploads;

/// <summary>PNG: a signature, and first of all chunks IHDR with the size.</summary>
internal static class PngHeader
{
    private const int Width = 16;
    private const int Height = 20;
    private const int End = 24;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static (int Width, int Height)? TryReadSize(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= End && bytes[12..].StartsWith("IHDR"u8)
            ? (BinaryPrimitives.ReadInt32BigEndian(bytes[Width..]), BinaryPrimitives.ReadInt32BigEndian(bytes[Height..]))
            : null;
}
