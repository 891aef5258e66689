using AkkaChat.Bench.Scenarios;

namespace AkkaChat.Bench.Reporting;

/// <summary>All that was measured, and under which conditions.</summary>
/// <param name="Conditions">When and how it was measured.</param>
/// <param name="Scenarios">In the order of the report.</param>
/// <param name="Servers">In the order of the report.</param>
/// <param name="Runs">Every run.</param>
internal sealed record Report(
    Conditions Conditions, IReadOnlyList<Scenario> Scenarios, IReadOnlyList<string> Servers, IReadOnlyList<RunResult> Runs)
{
    /// <summary>One result per scenario and server.</summary>
    public IReadOnlyList<RunResult> Medians { get; } =
        [.. Runs.GroupBy(run => (run.Scenario, run.Server)).Select(group => Summary.Of([.. group]))];

    public IEnumerable<RunResult> MediansOf(Scenario scenario) =>
        Servers.Select(server => Median(scenario.Name, server)).OfType<RunResult>();

    public RunResult? Median(string scenario, string server) =>
        Medians.FirstOrDefault(median => median.Scenario == scenario && median.Server == server);

    /// <summary>The bars that this report can judge.</summary>
    public IEnumerable<BarOutcome> Bars() =>
        from bar in Bar.All
        from server in Servers
        where server.StartsWith("akkachat", StringComparison.Ordinal)
        let outcome = bar.Judge(server, Medians)
        where outcome is not null
        select outcome;
}

/// <summary>When and how it was measured.</summary>
internal sealed record Conditions(
    string Date, string Processor, int Cores, string System, bool IsPinned, int Repetitions, double WarmUpSeconds, double WindowSeconds);
