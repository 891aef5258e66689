using System.Globalization;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>Looks into the escapes of a JSON string that the reader has already found well formed.</summary>
internal static class JsonEscapes
{
    private const int UnicodeEscapeLength = 6; // \uXXXX

    /// <summary>
    /// True for "\ud800" alone and the like: valid JSON, but no text, and System.Text.Json throws when it's read later.
    /// </summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        for (var next = escaped.IndexOf((byte)'\\'); next >= 0; next = escaped.IndexOf((byte)'\\'))
        {
            escaped = escaped[next..];
            if (!TryReadUnit(escaped, out var unit))
            {
                escaped = escaped[2..];
                continue;
            }

            escaped = escaped[UnicodeEscapeLength..];
            if (!char.IsSurrogate(unit))
            {
                continue;
            }

            if (!char.IsHighSurrogate(unit) || !TryReadUnit(escaped, out var low) || !char.IsLowSurrogate(low))
            {
                return true;
            }

            escaped = escaped[UnicodeEscapeLength..];
        }

        return false;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text is not [(byte)'\\', (byte)'u', ..] || text.Length < UnicodeEscapeLength)
        {
            return false;
        }

        var digits = text[2..UnicodeEscapeLength];
        if (!ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
