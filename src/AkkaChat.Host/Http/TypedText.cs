using System.Buffers;
using System.Globalization;
using System.Text;

namespace AkkaChat.Host.Http;

/// <summary>Short texts that people type, as every database can keep them and every page can show them.</summary>
internal static class TypedText
{
    /// <summary>The text in one line, without invisible characters, and cut to a length in UTF-16 units.</summary>
    public static string OneLine(string? typed, int maxLength)
    {
        var line = new StringBuilder();
        foreach (var rune in (typed ?? "").Trim().EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > maxLength)
            {
                break;
            }

            if (IsVisible(rune))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().Trim();
    }

    /// <summary>Whether every database can keep it: no U+0000, which some don't take, and no half of a surrogate pair.</summary>
    public static bool IsStorable(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done || rune.Value == 0)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    /// <summary>The text without what not every database can keep.</summary>
    public static string? Storable(string? text) => text is null || IsStorable(text)
        ? text
        : string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0));

    /// <summary>The beginning of the text, of that length in UTF-16 units at most, not through the middle of a character.</summary>
    public static string BeginOf(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
