using System.Globalization;
using System.Runtime.InteropServices;
using AkkaChat.Bench.Chat;
using AkkaChat.Bench.Reporting;
using AkkaChat.Bench.Scenarios;
using AkkaChat.Bench.Servers;

namespace AkkaChat.Bench;

/// <summary>
/// Runs scenarios against servers. A repetition goes through all servers of a scenario before the next one begins (A B C,
/// A B C), so that what changes on the machine meanwhile meets all alike; each run has a server process of its own.
/// </summary>
internal sealed class Benchmark
{
    private const int ServerCore = 0;
    private const int NothingMeasured = 2;

    private readonly BenchOptions _options;
    private readonly TextWriter _log;
    private readonly IReadOnlyList<ServerDefinition> _allServers;

    public Benchmark(BenchOptions options, TextWriter log)
    {
        _options = options;
        _log = log;
        _allServers = new ServerCatalog(options.Repository, options.Artifacts).All;
    }

    public async Task<int> ListAsync()
    {
        foreach (var scenario in ScenarioCatalog.All)
        {
            await _log.WriteLineAsync($"{scenario.Name,-16} {scenario.Description}");
        }

        foreach (var server in _allServers)
        {
            await _log.WriteLineAsync($"{server.Name,-20} {(server.IsAvailable ? "there" : "not built or installed")}");
        }

        return 0;
    }

    /// <summary>Measures and reports; 0 if every run gave a flawless result, 1 if not.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var scenarios = ScenarioCatalog.All.Where(scenario => IsChosen(_options.Scenarios, scenario.Name)).ToList();
        var servers = await ChooseServersAsync(scenarios);
        var runs = new List<RunResult>();
        foreach (var scenario in scenarios)
        {
            for (var repetition = 1; repetition <= _options.Repetitions; repetition++)
            {
                foreach (var server in servers.Where(server => TakesPart(server, scenario)))
                {
                    var result = await RunOnceAsync(scenario, server, cancellationToken);
                    runs.Add(result with { Repetition = repetition });
                    await LogAsync(scenario, runs[^1]);
                }
            }
        }

        if (runs.Count == 0)
        {
            await _log.WriteLineAsync("Nothing was measured: no such scenario, or no such server. --list says which there are.");
            return NothingMeasured;
        }

        await ReportAsync(new Report(MeasuringConditions(), scenarios, [.. servers.Select(server => server.Name)], runs), cancellationToken);
        return runs.TrueForAll(run => run.IsFlawless) ? 0 : 1;
    }

    private async Task<List<ServerDefinition>> ChooseServersAsync(List<Scenario> scenarios)
    {
        var chosen = _allServers
            .Where(server => _options.Servers.Count == 0 || IsChosen(_options.Servers, server.Name))
            .Where(server => server.Build is null || _options.Builds.Count == 0 || _options.Builds.Contains(server.Build))
            .Where(server => scenarios.Exists(scenario => TakesPart(server, scenario)))
            .ToList();
        foreach (var missing in chosen.Where(server => !server.IsAvailable))
        {
            await _log.WriteLineAsync($"Left out {missing.Name}: it is not built or installed.");
        }

        return [.. chosen.Where(server => server.IsAvailable)];
    }

    private bool TakesPart(ServerDefinition server, Scenario scenario) =>
        scenario is ChatScenario == server.Protocol is ChatProtocol
        && scenario.Suits(server.Protocol)
        && (_options.Servers.Count > 0 || IsDefault(server, scenario) || IsChosen(_options.Also, server.Name));

    private static bool IsDefault(ServerDefinition server, Scenario scenario) => scenario is ChatScenario || (scenario.IsForClusters
        ? ServerCatalog.InClusterScenarios.Contains(server.Name)
        : server.Cluster is null && (server.IsAkkaChat || Bar.PeersOf(scenario.Name).Contains(server.Name)));

    private static bool IsChosen(IReadOnlyList<string> names, string name) =>
        names.Any(beginning => beginning == "all" || name.StartsWith(beginning, StringComparison.Ordinal));

    private async Task<RunResult> RunOnceAsync(Scenario scenario, ServerDefinition server, CancellationToken cancellationToken)
    {
        try
        {
            await using var running = await RunningServer.StartAsync(server, _options.IsPinned ? ServerCore : null, cancellationToken);
            return scenario.Run(running.Target, new RunLength(
                TimeSpan.FromSeconds(_options.WarmUpSeconds), TimeSpan.FromSeconds(_options.WindowSeconds)));
        }
        catch (BenchException failure)
        {
            return new RunResult { Scenario = scenario.Name, Server = server.Name, Failure = failure.Message };
        }
    }

    private Task LogAsync(Scenario scenario, RunResult run)
    {
        var value = Summary.ValueOf(run, scenario.Figure)?.ToString("#,0.00", CultureInfo.InvariantCulture);
        var flaws = run.IsFlawless
            ? ""
            : run.Failure ?? $"lost {run.Lost}, twice {run.Duplicated}, late {run.Reordered}, misrouted {run.Misrouted}";
        return _log.WriteLineAsync(
            $"{scenario.Name,-16} {run.Repetition} {run.Server,-20} {value,12} {Summary.UnitOf(scenario.Figure),-15} {flaws}");
    }

    private async Task ReportAsync(Report report, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_options.Output);
        var markdown = MarkdownReport.Write(report);
        await WriteAsync("results.md", markdown);
        await WriteAsync("results.json", JsonReport.Write(report));
        await WriteAsync("results.svg", SvgPlot.Write(report));
        await Console.Out.WriteLineAsync(markdown);

        Task WriteAsync(string file, string text) =>
            File.WriteAllTextAsync(Path.Combine(_options.Output, file), text, cancellationToken);
    }

    private Conditions MeasuringConditions() => new(
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC",
        ProcessorName(),
        File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)),
        RuntimeInformation.OSDescription,
        _options.IsPinned,
        _options.Repetitions,
        _options.WarmUpSeconds,
        _options.WindowSeconds);

    private static string ProcessorName() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
}
