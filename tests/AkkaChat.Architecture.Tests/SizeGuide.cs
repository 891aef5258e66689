using System.Text.RegularExpressions;

namespace AkkaChat.Architecture.Tests;

/// <summary>Measures files and functions by their lines; relies on the layout that .editorconfig asks for.</summary>
internal static partial class SizeGuide
{
    public const int LongestFunction = 60;
    public const int LongestProductFile = 350;
    public const int LongestTestFile = 500;

    public static IEnumerable<Function> FunctionsOf(SourceFile file)
    {
        var header = new List<int>();
        for (var index = 0; index < file.Lines.Count; index++)
        {
            var line = file.Lines[index].Trim();
            if (IsBetweenMembers(line))
            {
                header.Clear();
                continue;
            }

            header.Add(index);
            var last = EndOfFunction(file.Lines, header, index);
            if (last is not null)
            {
                yield return new Function(file.Path, header[0] + 1, last.Value - header[0] + 1);
                index = last.Value;
            }

            if (last is not null || line is "{" || line[^1] is ';' or '}')
            {
                header.Clear();
            }
        }
    }

    private static bool IsBetweenMembers(string line) =>
        line.Length == 0 || line[0] is '}' or '[' or '#' || line.StartsWith("//", StringComparison.Ordinal);

    /// <summary>Where the function ends whose signature is the header, if its body begins or is on this line.</summary>
    private static int? EndOfFunction(IReadOnlyList<string> lines, List<int> header, int index)
    {
        var signature = string.Join(' ', header.Select(number => lines[number].Trim()));
        if (lines[index].Trim() == "{")
        {
            return TypeHeader().IsMatch(signature) ? null : ClosingBrace(lines, index);
        }

        return signature.EndsWith(';') && signature.Contains("=>", StringComparison.Ordinal) ? index : null;
    }

    private static int ClosingBrace(IReadOnlyList<string> lines, int opening)
    {
        var close = lines[opening].TrimEnd()[..^1] + "}";
        for (var index = opening + 1; index < lines.Count; index++)
        {
            if (lines[index].StartsWith(close, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return lines.Count - 1;
    }

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|namespace|extension)\b")]
    private static partial Regex TypeHeader();

    internal sealed record Function(string Path, int Line, int Length);
}
