using System.Runtime.CompilerServices;

namespace AkkaChat.Testing.Tests;

/// <summary>docs/testing.md shows code that compiles and passes.</summary>
public sealed class DocsTests
{
    [Theory]
    [InlineData("DocsExamples.cs", "")]
    [InlineData("Actors/ActorDocsExamples.cs", "actors/")]
    public void Every_block_of_the_page_is_an_example_that_is_run(string examples, string prefix)
    {
        var folder = FolderOfThisFile();
        var sources = BlocksOf(File.ReadAllLines(Path.Combine(folder, examples)), prefix);
        var page = PageBlocks(File.ReadAllLines(Path.Combine(folder, "../../docs/testing.md")));

        Assert.NotEmpty(sources);
        foreach (var (name, code) in sources)
        {
            Assert.True(page.ContainsKey(name), $"docs/testing.md has no block '{name}'.");
            Assert.Equal(code, page[name]);
        }

        Assert.Empty(page.Keys.Where(name => name.StartsWith("actors/", StringComparison.Ordinal) == (prefix.Length > 0)).Except(sources.Keys));
    }

    /// <summary>What stands between "// doc: name" and "// end", without its indentation.</summary>
    private static Dictionary<string, string> BlocksOf(string[] lines, string prefix)
    {
        Dictionary<string, string> blocks = [];
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].Trim() is not ['/', '/', ' ', 'd', 'o', 'c', ':', ' ', .. var name])
            {
                continue;
            }

            var indentation = lines[index].Length - lines[index].TrimStart().Length;
            var body = lines.Skip(index + 1).TakeWhile(line => line.Trim() != "// end");
            blocks[prefix + name] = string.Join('\n', body.Select(line => line.Length > indentation ? line[indentation..] : line.Trim()));
        }

        return blocks;
    }

    /// <summary>The fenced blocks, each named by the comment before it.</summary>
    private static Dictionary<string, string> PageBlocks(string[] lines)
    {
        Dictionary<string, string> blocks = [];
        for (var index = 1; index < lines.Length; index++)
        {
            if (lines[index] == "```csharp")
            {
                var name = lines[index - 1].Replace("<!-- ", "", StringComparison.Ordinal).Replace(" -->", "", StringComparison.Ordinal);
                blocks[name] = string.Join('\n', lines.Skip(index + 1).TakeWhile(line => line != "```"));
            }
        }

        return blocks;
    }

    private static string FolderOfThisFile([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
