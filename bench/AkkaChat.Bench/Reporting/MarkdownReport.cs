using System.Globalization;
using System.Text;
using AkkaChat.Bench.Scenarios;

namespace AkkaChat.Bench.Reporting;

/// <summary>The report for people: an overview with ratios, the bars, and a table per scenario.</summary>
internal static class MarkdownReport
{
    // The peers that every other server is compared with.
    private static readonly string[] Yardsticks = ["node", "node-redis-2", "kestrel", "signalr"];

    public static string Write(Report report)
    {
        var text = new StringBuilder();
        WriteConditions(text, report.Conditions);
        WriteOverview(text, report);
        WriteBars(text, report);
        foreach (var scenario in report.Scenarios)
        {
            WriteScenario(text, scenario, report);
        }

        return text.ToString();
    }

    private static void WriteConditions(StringBuilder text, Conditions conditions)
    {
        var pinning = conditions.IsPinned ? "server (all its processes together) pinned to core 0, load generator to core 1" : "nothing pinned";
        text.Append(CultureInfo.InvariantCulture, $"{conditions.Date}; {conditions.Processor}, {conditions.Cores} cores, ")
            .Append(CultureInfo.InvariantCulture, $"{conditions.System}; {pinning}; medians of {conditions.Repetitions}, ")
            .Append(CultureInfo.InvariantCulture, $"{conditions.WarmUpSeconds} s warm-up, {conditions.WindowSeconds} s measured.\n\n");
    }

    private static void WriteOverview(StringBuilder text, Report report)
    {
        WriteRow(text, ["scenario", "figure", .. report.Servers]);
        WriteRow(text, ["---", "---", .. report.Servers.Select(_ => "---:")]);
        foreach (var scenario in report.Scenarios)
        {
            var values = report.Servers.Select(server =>
                Number(report.Median(scenario.Name, server) is { } median ? Summary.ValueOf(median, scenario.Figure) : null));
            WriteRow(text, [scenario.Description, Summary.UnitOf(scenario.Figure), .. values]);
        }

        text.Append('\n');
    }

    private static void WriteBars(StringBuilder text, Report report)
    {
        var outcomes = report.Bars().ToList();
        if (outcomes.Count == 0)
        {
            return;
        }

        WriteRow(text, ["bar", "server", "to reach", "is", "met"]);
        WriteRow(text, ["---", "---", "---:", "---:", "---"]);
        foreach (var outcome in outcomes)
        {
            var bar = outcome.Bar;
            var against = bar.Peer ?? bar.OwnScenario;
            var what = $"{bar.Scenario}, {Summary.UnitOf(bar.Figure)}{(against is null ? "" : $" {(bar.IsDifference ? '-' : '/')} {against}")}";
            WriteRow(text, [what, outcome.Server, (bar.IsFloor ? "≥ " : "≤ ") + Number(bar.Limit), Number(outcome.Value), outcome.IsMet ? "yes" : "**no**"]);
        }

        text.Append('\n');
    }

    private static void WriteScenario(StringBuilder text, Scenario scenario, Report report)
    {
        var medians = report.MediansOf(scenario).ToList();
        text.Append(CultureInfo.InvariantCulture, $"### {scenario.Name}: {scenario.Description}\n\n");
        var yardsticks = Yardsticks.Where(name => medians.Exists(median => median.Server == name)).ToList();
        string[] head =
        [
            "server", Summary.UnitOf(scenario.Figure), .. yardsticks.Select(name => $"/ {name}"), "CPU µs", "per second",
            "p50 ms", "p90", "p99", "p99.9", "max", "server CPUs", "generator CPUs", "RSS MiB", "flaws",
        ];
        WriteRow(text, head);
        WriteRow(text, head.Select((_, index) => index == 0 ? "---" : "---:"));
        foreach (var median in medians)
        {
            var value = Summary.ValueOf(median, scenario.Figure);
            var ratios = yardsticks.Select(name =>
                Number(value / Summary.ValueOf(report.Median(scenario.Name, name)!, scenario.Figure)));
            WriteRow(text, [median.Server, Number(value), .. ratios, .. Details(median)]);
        }

        text.Append('\n');
        WriteChat(text, medians);
    }

    private static void WriteChat(StringBuilder text, List<RunResult> medians)
    {
        var rows = ChatTable.Rows(medians).ToList();
        rows.ForEach(row => WriteRow(text, row));
        text.Append(rows.Count > 0 ? "\n" : "");
    }

    private static IEnumerable<string> Details(RunResult median)
    {
        var latency = median.LatencyMilliseconds;
        return
        [
            Number(median.CpuMicroseconds), Number(median.DeliveriesPerSecond ?? median.ConnectionsPerSecond),
            Number(latency?.P50), Number(latency?.P90), Number(latency?.P99), Number(latency?.P999), Number(latency?.Max),
            Number(median.ServerCpus), Number(median.GeneratorCpus), Number(median.ResidentMebibytes), Flaws(median),
        ];
    }

    private static string Flaws(RunResult median)
    {
        var stalled = median.StalledClosed is { } closed ? $"{closed} stalled closed" : "none";
        return median.Failure
            ?? (median.IsFlawless
                ? stalled
                : $"{median.Lost} lost, {median.Duplicated} twice, {median.Reordered} late, {median.Misrouted} misrouted");
    }

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F2", CultureInfo.InvariantCulture),
    };

    private static void WriteRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
