using System.Buffers;
using System.Text.Unicode;

namespace AkkaChat.Wire;

/// <summary>What strings are on the wire.</summary>
internal static class WireText
{
    /// <summary>Whether a string can be written as UTF-8 and read again: half a surrogate pair cannot.</summary>
    public static bool HasUtf8(ReadOnlySpan<char> text)
    {
        Span<byte> scratch = stackalloc byte[256];
        var status = OperationStatus.DestinationTooSmall;
        while (status == OperationStatus.DestinationTooSmall)
        {
            status = Utf8.FromUtf16(text, scratch, out var read, out _, replaceInvalidSequences: false);
            text = text[read..];
        }

        return status == OperationStatus.Done;
    }
}
