namespace AkkaChat.Architecture.Tests;

/// <summary>
/// Sizes are a guide, so nothing here fails for a long file: the report goes to size-guide.txt beside the test's assembly,
/// and ./akkachat test prints it.
/// </summary>
public sealed class SizeGuideTests
{
    [Fact]
    public void A_function_is_measured_from_its_signature_to_its_closing_brace()
    {
        var file = new SourceFile("Sample.cs",
        [
            "namespace N;", "internal sealed class Sample", "{", "    private int _field = 1;", "",
            "    public int Short() => _field;", "",
            "    public int Long(", "        int a)", "    {", "        if (a > 1)", "        {", "            a++;", "        }", "    }",
            "}",
        ]);

        Assert.Equal([(6, 1), (8, 8)], SizeGuide.FunctionsOf(file).Select(function => (function.Line, function.Length)));
    }

    [Fact]
    public void What_is_over_the_guide_is_reported()
    {
        var sources = Repository.Projects.SelectMany(project => project.Sources).ToList();
        var report = Summary(sources).Concat(LongFiles(sources)).Concat(LongFunctions(sources)).ToList();

        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "size-guide.txt"), report);

        Assert.NotEmpty(report);
    }

    private static IEnumerable<string> Summary(IEnumerable<SourceFile> sources)
    {
        var lengths = sources.Where(IsProduct).SelectMany(SizeGuide.FunctionsOf).Select(f => f.Length).Order().ToList();
        if (lengths.Count > 0)
        {
            yield return $"Functions in src/: {lengths.Count}, median {lengths[lengths.Count / 2]} lines (guide: 8), "
                + $"90 % up to {lengths[lengths.Count * 9 / 10]} (25), longest {lengths[^1]} ({SizeGuide.LongestFunction}).";
        }
    }

    private static IEnumerable<string> LongFiles(IEnumerable<SourceFile> sources) =>
        from source in sources
        let longest = IsProduct(source) ? SizeGuide.LongestProductFile : SizeGuide.LongestTestFile
        where source.Lines.Count > longest
        select $"Over the guide: {source.Path} has {source.Lines.Count} lines ({longest}).";

    private static IEnumerable<string> LongFunctions(IEnumerable<SourceFile> sources) =>
        from function in sources.SelectMany(SizeGuide.FunctionsOf)
        where function.Length > SizeGuide.LongestFunction
        select $"Over the guide: {function.Path}:{function.Line}, a function of {function.Length} lines ({SizeGuide.LongestFunction}).";

    private static bool IsProduct(SourceFile source) => source.Path.StartsWith("src/", StringComparison.Ordinal);
}
