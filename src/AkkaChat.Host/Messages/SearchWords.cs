using System.Text;

namespace AkkaChat.Host.Messages;

/// <summary>The words of what somebody searches for: runs of letters and digits, so that no database reads more into them.</summary>
internal static class SearchWords
{
    private const int AtMost = 10;

    public static IReadOnlyList<string> Of(string query)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in query.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune);
                continue;
            }

            Take(word, words);
        }

        Take(word, words);
        return words.Count > AtMost ? words.GetRange(0, AtMost) : words;
    }

    private static void Take(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
