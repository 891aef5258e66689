using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace AkkaChat.Architecture.Tests;

/// <summary>The files in hocon/, as they are shipped.</summary>
public sealed class HoconTests
{
    [Fact]
    public void Every_file_parses_with_its_includes() =>
        Assert.All(Files(), file => Assert.NotNull(ConfigurationFactory.ParseString(File.ReadAllText(file), Include)));

    [Fact]
    public void No_file_has_a_substitution_for_they_break_in_included_files()
    {
        var substitutions = from file in Files()
                            from line in SourceFile.Load(file).Where(line => line.Contains("${", StringComparison.Ordinal))
                            select line;

        Assert.Empty(substitutions);
    }

    private static IEnumerable<string> Files() => Repository.FilesUnder("hocon", "*.conf");

    private static HoconRoot Include(string name) =>
        Parser.Parse(File.ReadAllText(Path.Combine(Repository.Root, "hocon", name)), Include);
}
