using System.Buffers.Binary;

namespace AkkaChat.Host.Uploads;

/// <summary>GIF: the size stands behind the signature.</summary>
internal static class GifHeader
{
    private const int Width = 6;
    private const int Height = 8;
    private const int End = 10;

    public static (int Width, int Height)? TryReadSize(ReadOnlySpan<byte> bytes) => bytes.Length >= End
        ? (BinaryPrimitives.ReadUInt16LittleEndian(bytes[Width..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[Height..]))
        : null;
}
