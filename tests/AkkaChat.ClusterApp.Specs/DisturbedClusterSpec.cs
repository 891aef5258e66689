using AkkaChat.ClusterApp.Specs.Histories;
using AkkaChat.ClusterApp.Specs.Processes;
using Xunit.Abstractions;

namespace AkkaChat.ClusterApp.Specs;

/// <summary>Nodes that die, leave, come back and are cut off while 200 clients talk: what stays whole, and how long it takes.</summary>
public sealed class DisturbedClusterSpec(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>
    /// A client's handlers run one after the other, so the second of two publishes at once may wait for twice emit-timeout;
    /// and the way there and back, on a machine under load.
    /// </summary>
    private static readonly TimeSpan OutcomeLimit = TimeSpan.FromSeconds(22);

    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60);

    private TestCluster? _running;
    private DateTimeOffset _disturbedAt;

    private TestCluster Cluster => _running!;

    private Swarm Swarm => Cluster.Swarm;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (_running?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public Task A_node_that_is_killed_takes_with_it_only_what_nobody_else_had() => PlayAsync(async () =>
    {
        await TalkAsync();
        var killed = Cluster.Nodes[0];
        await killed.KillAsync();
        await RecoverFromAsync(killed.Name);

        var seen = await SettleAsync();
        seen.AssertSound(lost: killed.Name);
        AssertOutcomesCameInTime(seen);
        AssertWebSocketsStayed(seen, except: killed.Name);
        Describe(seen, "a node was killed", except: killed.Name);
    }, isLossy: true);

    [Fact]
    public Task A_node_that_is_drained_costs_nothing() => PlayAsync(async () =>
    {
        await TalkAsync();
        var drained = Cluster.Nodes[0];
        await drained.TerminateAsync();
        await RecoverFromAsync(drained.Name);

        var seen = await SettleAsync();
        AssertNothingLost(seen, drained.Name);
        AssertWebSocketsStayed(seen, except: drained.Name);
        Describe(seen, "a node was drained");
    });

    [Fact]
    public Task All_nodes_can_be_started_anew_one_after_the_other() => PlayAsync(async () =>
    {
        await TalkAsync();
        var names = new List<string>();
        foreach (var node in Cluster.Nodes)
        {
            names.Add(node.Name);
            await node.TerminateAsync();
            node.Start();
            await node.ReadyAsync(RecoveryLimit);
            await Swarm.RunAsync("confirmed", new { more = 200 }, RecoveryLimit);
        }

        await Swarm.RunAsync("moved", new { from = names[^1] }, RecoveryLimit);
        var seen = await SettleAsync();
        AssertNothingLost(seen, [.. names]);
        Describe(seen, "all nodes were started anew");
    });

    [Fact]
    public Task A_node_that_is_cut_off_ends_and_the_others_go_on() => PlayAsync(async () =>
    {
        await TalkAsync();
        var cut = Cluster.Nodes[0];
        Cluster.Network.Cut(cut);
        await Waiting.UntilAsync(async () => !await cut.IsReadyAsync(), RecoveryLimit, "the node that is cut off is not ready any more");
        Cluster.Network.Heal();
        await RecoverFromAsync(cut.Name);
        Assert.True(await cut.HasExitedAsync(RecoveryLimit), "The node that was cut off did not end.");

        var seen = await SettleAsync();
        seen.AssertSound(lost: cut.Name);
        AssertOutcomesCameInTime(seen);
        AssertWebSocketsStayed(seen, except: cut.Name);
        Describe(seen, "a node was cut off", except: cut.Name);
    }, isLossy: true, cuttable: true);

    private async Task PlayAsync(Func<Task> scenario, bool isLossy = false, bool cuttable = false)
    {
        _running = await TestCluster.StartAsync(isLossy, cuttable);
        await _running.PlayAsync(scenario);
    }

    private async Task TalkAsync()
    {
        await Cluster.ConnectAsync();
        await Swarm.RunAsync("talk", TestCluster.Talk);
        await Swarm.RunAsync("confirmed", new { more = 400 });
        _disturbedAt = TimeProvider.System.GetUtcNow();
    }

    /// <summary>Waits until all that were on a node are in their rooms again, on others, and all rooms go on.</summary>
    private async Task RecoverFromAsync(string node)
    {
        await Swarm.RunAsync("moved", new { from = node }, RecoveryLimit);
        await Swarm.RunAsync("confirmed", new { more = 400 }, RecoveryLimit);
    }

    private async Task<Observation> SettleAsync()
    {
        await Swarm.RunAsync("settle", limit: RecoveryLimit);
        return await Swarm.ReportAsync();
    }

    /// <summary>A publisher is told in bounded time: by an ack, an error, or the end of its connection.</summary>
    private static void AssertOutcomesCameInTime(Observation seen) =>
        AssertNone(seen.Publishes, publish => publish.Outcome is "Open" or "TimedOut" || publish.Took > OutcomeLimit);

    private static void AssertWebSocketsStayed(Observation seen, string except) =>
        AssertNone(seen.Views, view => view.Transport == "websocket" && view.Node != except && view.Ended is not null);

    /// <summary>All that was confirmed is there; and of what clients of other nodes published, everything was.</summary>
    private static void AssertNothingLost(Observation seen, params string[] drained)
    {
        seen.AssertSound();
        AssertOutcomesCameInTime(seen);
        AssertNone(seen.Publishes, publish => publish.Outcome is "Failed" or "NeverSent");
        AssertNone(seen.Publishes, publish => publish.Outcome == "Disconnected" && !drained.Contains(publish.Node));
    }

    private static void AssertNone<T>(IEnumerable<T> items, Func<T, bool> isWrong)
    {
        var wrong = items.Where(isWrong).ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} are wrong: {string.Join('\n', wrong.Take(10))}");
    }

    private void Describe(Observation seen, string what, string? except = null)
    {
        var outcomes = string.Join(", ", seen.Publishes.CountBy(publish => publish.Outcome).Select(count => $"{count.Value} {count.Key}"));
        var ends = string.Join(", ", seen.Views.CountBy(view => $"{view.Transport} {view.Ended ?? "open"}").Select(count => $"{count.Value} {count.Key}"));
        var pauses = string.Join(", ", seen.PausesAfter(_disturbedAt, except).Select(pause => $"{pause.TotalSeconds:0.0}"));
        output.WriteLine($"{what}: publishes: {outcomes}; slowest outcome {seen.Publishes.Max(publish => publish.Took).TotalSeconds:0.0} s; "
            + $"connections: {ends}; until the next publish that was confirmed in each room, in seconds: {pauses}");
    }
}
