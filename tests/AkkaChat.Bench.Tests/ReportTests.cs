using System.Xml.Linq;
using AkkaChat.Bench.Reporting;
using AkkaChat.Bench.Scenarios;

namespace AkkaChat.Bench.Tests;

public sealed class ReportTests
{
    private static readonly Conditions Conditions = new("today", "a processor", 2, "a system", true, 3, 1, 2);

    [Fact]
    public void Medians_are_taken_over_the_repetitions_and_flaws_are_summed()
    {
        var median = Summary.Of([Run("node", 9) with { Lost = 1 }, Run("node", 2), Run("node", 3) with { Lost = 2 }]);

        Assert.Equal(3, median.CpuMicroseconds);
        Assert.Equal(3, median.Lost);
    }

    [Fact]
    public void A_repetition_that_failed_does_not_count_if_another_did_not()
    {
        var failed = Run("node", 0) with { Failure = "no" };

        Assert.Equal(5, Summary.Of([failed, Run("node", 5)]).CpuMicroseconds);
        Assert.Equal("no", Summary.Of([failed, failed]).Failure);
    }

    [Theory]
    [InlineData(34, true)]
    [InlineData(36, false)]
    public void A_bar_is_a_ratio_to_the_peer_of_the_same_run(double own, bool isMet)
    {
        var report = ReportOf(Run("akkachat-standard", own), Run("node", 100));

        var outcome = Assert.Single(report.Bars());
        Assert.Equal(own / 100, outcome.Value);
        Assert.Equal(isMet, outcome.IsMet);
    }

    [Theory]
    [InlineData(119, true)]
    [InlineData(121, false)]
    public void What_readers_that_stall_may_cost_in_memory_is_what_may_wait_for_them(double resident, bool isMet)
    {
        RunResult Of(string scenario, double mebibytes) =>
            new() { Scenario = scenario, Server = "akkachat-standard", ResidentMebibytes = mebibytes };
        var bar = Assert.Single(Bar.All, bar => bar.Figure == Figure.ResidentMebibytes);

        Assert.Equal(isMet, bar.Judge("akkachat-standard", [Of("readers", 100), Of("stalled", resident)])?.IsMet);
    }

    [Fact]
    public void Without_the_peer_there_is_no_verdict() => Assert.Empty(ReportOf(Run("akkachat-standard", 1)).Bars());

    [Fact]
    public void The_plot_is_well_formed_and_names_every_server()
    {
        var plot = XDocument.Parse(SvgPlot.Write(ReportOf(Run("akkachat-standard", 1), Run("node", 2) with { Failure = "a < b" })));

        Assert.Contains("akkachat-standard", plot.Root!.Value, StringComparison.Ordinal);
        Assert.Contains("node", plot.Root.Value, StringComparison.Ordinal);
    }

    private static RunResult Run(string server, double cpu) =>
        new() { Scenario = "fanout-1000-k4", Server = server, CpuMicroseconds = cpu };

    private static Report ReportOf(params RunResult[] runs) => new(
        Conditions,
        [.. ScenarioCatalog.All.Where(scenario => scenario.Name == "fanout-1000-k4")],
        [.. runs.Select(run => run.Server)],
        runs);
}
