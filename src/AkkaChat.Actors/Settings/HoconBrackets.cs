namespace AkkaChat.Settings;

/// <summary>
/// Checks that the brackets and quotes of a HOCON text are closed. Akka's parser takes what it can read of a text in
/// which they are not, and settings would get lost without a word.
/// </summary>
internal static class HoconBrackets
{
    /// <exception cref="FormatException">One is not closed, or closes nothing.</exception>
    public static void Check(string hocon)
    {
        var open = new Stack<char>();
        var line = 1;
        for (var index = 0; index < hocon.Length; index++)
        {
            switch (hocon[index])
            {
                case '\n':
                    line++;
                    break;
                case '#':
                case '/' when hocon.AsSpan(index).StartsWith("//"):
                    index = EndOfLine(hocon, index) - 1;
                    break;
                case '"':
                    index = EndOfText(hocon, index, line);
                    break;
                case '{' or '[':
                    open.Push(hocon[index]);
                    break;
                case '}' or ']' when !open.TryPop(out var opened) || (opened == '{') != (hocon[index] == '}'):
                    throw new FormatException($"line {line}: '{hocon[index]}' closes nothing.");
                default:
                    break;
            }
        }

        if (open.TryPop(out var left))
        {
            throw new FormatException($"a '{left}' is not closed.");
        }
    }

    private static int EndOfLine(string hocon, int start)
    {
        var end = hocon.IndexOf('\n', start);
        return end < 0 ? hocon.Length : end;
    }

    /// <summary>The last character of the quoted text that begins here.</summary>
    private static int EndOfText(string hocon, int start, int line)
    {
        const string Triple = "\"\"\"";
        if (hocon.AsSpan(start).StartsWith(Triple))
        {
            var end = hocon.IndexOf(Triple, start + Triple.Length, StringComparison.Ordinal);
            return end < 0 ? throw NotClosed(line) : end + Triple.Length - 1;
        }

        for (var index = start + 1; index < hocon.Length && hocon[index] != '\n'; index++)
        {
            if (hocon[index] == '\\')
            {
                index++;
            }
            else if (hocon[index] == '"')
            {
                return index;
            }
        }

        throw NotClosed(line);
    }

    private static FormatException NotClosed(int line) => new($"line {line}: a text in quotes is not closed.");
}
