using System.CommandLine;
using AkkaChat.Bench.Scenarios;

namespace AkkaChat.Bench;

/// <summary>The command line of the benchmark.</summary>
internal sealed class CommandLine
{
    private readonly Option<string[]> _scenarios = new("--scenario")
    {
        Description = "scenarios, by name or its beginning (fanout-1000, echo), or all; see --list",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _servers = new("--server")
    {
        Description = "servers, by name or its beginning (akkachat, node, kestrel, signalr, flask), or all; default: AkkaChat, and the peers that a scenario's bars name",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _also = new("--also")
    {
        Description = "servers to measure beside the default ones",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _builds = new("--builds")
    {
        Description = "builds of AkkaChat, standard and restricted; default: those that are there",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _repeat = new("--repeat") { Description = "repetitions, of which the medians count (3)" };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "length of each measured window (3)" };
    private readonly Option<double?> _warmUp = new("--warm-up") { Description = "seconds of load before each window (10; 40 with --cluster)" };
    private readonly Option<bool> _unpinned = new("--unpinned") { Description = "let server and generator use all cores" };
    private readonly Option<bool> _quick = new("--quick") { Description = "a first impression: few scenarios, once, 2 s" };
    private readonly Option<bool> _cluster = new("--cluster") { Description = "two nodes on one machine, beside one and beside Node with Redis" };
    private readonly Option<bool> _chat = new("--chat") { Description = "the chat application: 2,000 people in 200 rooms, once, 10 s" };
    private readonly Option<bool> _list = new("--list") { Description = "list scenarios and servers" };

    private readonly Option<DirectoryInfo?> _output = new("--output")
    {
        Description = "folder for results.json, results.md and results.svg (artifacts/bench)",
    };

    private readonly Option<DirectoryInfo> _repository = new("--repository")
    {
        Description = "AkkaChat's repository",
        DefaultValueFactory = _ => new DirectoryInfo("."),
    };

    private readonly Option<DirectoryInfo?> _artifacts = new("--artifacts")
    {
        Description = "folder of the builds (artifacts in the repository)",
    };

    public Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Measures AkkaChat beside its peers.")
        {
            _scenarios, _servers, _also, _builds, _repeat, _seconds, _warmUp, _unpinned, _quick, _cluster, _chat, _list, _output, _repository,
            _artifacts,
        };
        root.SetAction((parsed, cancellationToken) =>
        {
            var benchmark = new Benchmark(Read(parsed), Console.Error);
            return parsed.GetValue(_list) ? benchmark.ListAsync() : benchmark.RunAsync(cancellationToken);
        });
        return root.Parse(arguments).InvokeAsync();
    }

    private static IReadOnlyList<string> DefaultScenarios(bool quick, bool cluster, bool chat) =>
        chat ? ScenarioCatalog.ForChat : cluster ? ScenarioCatalog.Cluster : quick ? ScenarioCatalog.Quick : ScenarioCatalog.Default;

    // Two processes of .NET on one core take four times as long until their code is compiled.
    private static double DefaultWarmUp(bool quick, bool cluster) => cluster ? 40 : quick ? 4 : 10;

    private BenchOptions Read(ParseResult parsed)
    {
        var quick = parsed.GetValue(_quick);
        var chat = parsed.GetValue(_chat);
        var repository = parsed.GetValue(_repository)!.FullName;
        var scenarios = parsed.GetValue(_scenarios) ?? [];
        return new BenchOptions
        {
            Repository = repository,
            Artifacts = parsed.GetValue(_artifacts)?.FullName ?? Path.Combine(repository, "artifacts"),
            Output = parsed.GetValue(_output)?.FullName ?? Path.Combine(repository, "artifacts", "bench"),
            Scenarios = scenarios.Length > 0 ? scenarios : DefaultScenarios(quick, parsed.GetValue(_cluster), chat),
            Servers = parsed.GetValue(_servers) ?? [],
            Also = parsed.GetValue(_also) ?? [],
            Builds = parsed.GetValue(_builds) ?? [],
            Repetitions = parsed.GetValue(_repeat) ?? (quick || chat ? 1 : 3),
            WarmUpSeconds = parsed.GetValue(_warmUp) ?? DefaultWarmUp(quick, parsed.GetValue(_cluster)),
            WindowSeconds = parsed.GetValue(_seconds) ?? (chat ? 10 : quick ? 2 : 3),
            IsPinned = !parsed.GetValue(_unpinned),
        };
    }
}
