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

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
