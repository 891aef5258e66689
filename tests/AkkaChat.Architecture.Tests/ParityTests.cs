using System.Text.RegularExpressions;

namespace AkkaChat.Architecture.Tests;

/// <summary>docs/parity.md has every feature, in one of three states, and every test that the documentation names exists.</summary>
public sealed partial class ParityTests
{
    private const string Page = "docs/parity.md";

    private static readonly string[] States = ["done", "planned", "not planned"];

    private static readonly string[] Parts = ["cluster", "recovery", "admin UI", "chat application", "performance"];

    private static readonly IReadOnlyList<Row> Rows = [.. Read(Page).SelectMany(Row.In)];

    /// <summary>T1 to T11, F-01 to F-87, the N-rows with their gaps, and what there is beyond these.</summary>
    public static IReadOnlyList<string> Features { get; } =
    [
        .. Enumerable.Range(1, 11).Select(number => $"T{number}"),
        .. Enumerable.Range(1, 87).Select(number => $"F-{number:00}"),
        "O-10",
        .. Enumerable.Range(1, 46).Concat(Enumerable.Range(50, 17)).Concat(Enumerable.Range(70, 4)).Select(number => $"N-{number:00}"),
    ];

    [Fact]
    public void Every_feature_has_one_row_and_no_row_is_of_another() =>
        Assert.Equal(Features.Order(StringComparer.Ordinal), Rows.Select(row => row.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_state_is_one_of_three() =>
        AssertNone(Rows.Where(row => !States.Contains(row.State)).Select(row => $"{row.Id}: {row.State}"));

    [Fact]
    public void What_is_done_names_a_test_what_is_planned_its_part_and_what_is_not_planned_a_reason() =>
        AssertNone(Rows.Where(row => !row.IsExplained).Select(row => $"{row.Id}: {row.State}: {row.Explanation}"));

    [Theory]
    [InlineData(Page)]
    [InlineData("docs/guarantees.md")]
    public void Every_test_that_is_named_exists(string page)
    {
        var tests = TestNames();
        var named = Read(page).SelectMany(TestsIn).ToList();

        Assert.NotEmpty(named);
        AssertNone(named.Where(test => !tests.Contains(test)).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Fails with all of them; Assert.Empty would cut them off.</summary>
    private static void AssertNone(IEnumerable<string> wrong)
    {
        var all = string.Join('\n', wrong);
        Assert.True(all.Length == 0, all);
    }

    private static string[] Read(string page) => File.ReadAllLines(Path.Combine(Repository.Root, page));

    private static IEnumerable<string> TestsIn(string text) => TestPattern().Matches(text).Select(match => match.Groups["test"].Value);

    /// <summary>All tests of the repository's sources, as the documentation names them.</summary>
    private static HashSet<string> TestNames() =>
    [
        .. Repository.FilesUnder("tests", "*.cs").SelectMany(file => TestsOfClass(File.ReadAllText(file))),
        .. Repository.FilesUnder("tests/node-client", "*.test.mjs").SelectMany(file => TestsOfModule(File.ReadAllText(file))),
        .. Repository.FilesUnder("tests/python-client", "test_*.py").SelectMany(file => TestsOfScript(File.ReadAllText(file))),
    ];

    /// <summary>Each public method behind a test attribute, under the class that stands before it.</summary>
    private static IEnumerable<string> TestsOfClass(string source)
    {
        var className = "";
        var isTest = false;
        foreach (var line in source.Split('\n'))
        {
            if (ClassPattern().Match(line) is { Success: true } declaration)
            {
                className = declaration.Groups["name"].Value;
            }

            isTest |= AttributePattern().IsMatch(line);
            if (isTest && MethodPattern().Match(line) is { Success: true } method)
            {
                isTest = false;
                yield return $"{className}.{method.Groups["name"].Value}";
            }
        }
    }

    private static IEnumerable<string> TestsOfModule(string source) =>
        TitlePattern().Matches(source).Select(match => $"node-client: {match.Groups["title"].Value}");

    private static IEnumerable<string> TestsOfScript(string source) =>
        FunctionPattern().Matches(source).Select(match => $"python-client: {match.Groups["name"].Value}");

    [GeneratedRegex(@"^\| (?<id>[TFNO]-?\d+) \| (?<feature>.+) \| (?<state>[^|]*) \| (?<explanation>.*) \|$", RegexOptions.ExplicitCapture)]
    private static partial Regex RowPattern();

    /// <summary>Class.A_test_is_a_sentence, a title of the JavaScript client's tests, or a function of the Python client's.</summary>
    [GeneratedRegex(@"`(?<test>[A-Z]\w*(Tests|Specs?)\.\w+|(node|python)-client: [^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestPattern();

    [GeneratedRegex(@"^public (\w+ )*class (?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex ClassPattern();

    [GeneratedRegex(@"^\s*\[(Fact|StoreFact|Theory|Property)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex AttributePattern();

    [GeneratedRegex(@"^\s*public ([\w<>]+ )+(?<name>\w+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex MethodPattern();

    [GeneratedRegex(@"^\s*(it|test)\((?<quote>[""'`])(?<title>.*?)\k<quote>,", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex TitlePattern();

    [GeneratedRegex(@"^    def (?<name>test_\w+)\(self\):", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex FunctionPattern();

    private sealed record Row(string Id, string State, string Explanation)
    {
        public bool IsExplained => State switch
        {
            "done" => TestsIn(Explanation).Any(),
            "planned" => Parts.Any(part => Explanation.StartsWith(part, StringComparison.Ordinal)),
            "not planned" => Explanation.Length > 0,
            _ => false,
        };

        public static IEnumerable<Row> In(string line) =>
            from match in RowPattern().Matches(line)
            select new Row(match.Groups["id"].Value, match.Groups["state"].Value, match.Groups["explanation"].Value);
    }
}
