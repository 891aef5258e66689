using System.Text.RegularExpressions;

namespace AkkaChat.Architecture.Tests;

/// <summary>A C# file, read as lines.</summary>
internal sealed partial record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    public static SourceFile Load(string file) => new(Repository.RelativePath(file), File.ReadAllLines(file));

    /// <summary>Lines of code, not of comment, that mention a namespace as Akka.Streams does Akka.Streams.Dsl too.</summary>
    public IEnumerable<string> Mentions(string namespaceName)
    {
        var name = new Regex($@"(?<![\w.]){Regex.Escape(namespaceName)}(?!\w)", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Where(line => !Comment().IsMatch(line) && name.IsMatch(line));
    }

    public IEnumerable<string> Where(Func<string, bool> predicate) =>
        Lines.Select((line, index) => (line, index))
            .Where(entry => predicate(entry.line))
            .Select(entry => $"{Path}:{entry.index + 1}: {entry.line.Trim()}");

    [GeneratedRegex(@"^\s*//")]
    private static partial Regex Comment();
}
