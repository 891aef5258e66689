using System.Buffers.Binary;

namespace AkkaChat.Host.Uploads;

/// <summary>JPEG: segments, one of which begins the frame and has the size. What cameras add stands before it.</summary>
internal static class JpegHeader
{
    private const byte Mark = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>Marker and length.</summary>
    private const int SegmentHeader = 4;

    public static ReadOnlySpan<byte> Signature => [Mark, 0xD8, Mark];

    public static (int Width, int Height)? TryReadSize(ReadOnlySpan<byte> bytes)
    {
        // Each step is a segment of at least two bytes, so that this ends.
        var rest = bytes[2..];
        while (rest.Length > SegmentHeader && rest[0] == Mark)
        {
            var marker = rest[1];
            if (marker == Mark)
            {
                rest = rest[1..];
                continue;
            }

            if (IsFrame(marker))
            {
                return SizeIn(rest);
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (marker is StartOfScan or EndOfImage || length < 2 || length + 2 > rest.Length)
            {
                return null;
            }

            rest = rest[(length + 2)..];
        }

        return null;
    }

    /// <summary>SOF0 to SOF15, but for the three of them that are something else: tables, and an extension.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Marker, length, precision, height, width.</summary>
    private static (int Width, int Height)? SizeIn(ReadOnlySpan<byte> frame) => frame.Length >= 9
        ? (BinaryPrimitives.ReadUInt16BigEndian(frame[7..]), BinaryPrimitives.ReadUInt16BigEndian(frame[5..]))
        : null;
}
