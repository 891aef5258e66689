using AkkaChat.ClusterApp.Specs.Network;

namespace AkkaChat.ClusterApp.Specs.Processes;

/// <summary>Nodes, a load balancer that knows no stickiness, and clients: each a real process.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EmitTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LossyEmitTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Of the command "talk": who publishes how much in how many milliseconds.</summary>
    public static readonly object Talk = new { publishers = 60, burst = 2, period = 400 };

    private readonly ClusterFiles _files;
    private readonly NodeNetwork? _network;
    private RoundRobinProxy? _proxy;
    private Swarm? _swarm;

    private TestCluster(int nodes, bool isLossy, bool cuttable)
    {
        _files = new ClusterFiles { EmitTimeout = isLossy ? LossyEmitTimeout : EmitTimeout };
        Nodes = [.. Enumerable.Range(1, nodes).Select(number => new ClusterNode(number, _files) { RemotingBindPort = cuttable ? Ports.Free() : 0 })];
        _files.Seeds = Nodes;
        _network = cuttable ? new NodeNetwork(Nodes) : null;
    }

    public IReadOnlyList<ClusterNode> Nodes { get; }

    /// <summary>Between the nodes of a cluster that was started as cuttable.</summary>
    public NodeNetwork Network => _network!;

    public Swarm Swarm => _swarm!;

    public string Url => _proxy!.Url;

    /// <summary>Completes when all nodes are ready, as the load balancer sees them.</summary>
    /// <param name="isLossy">Whether nodes will be lost, so that emits may fail.</param>
    /// <param name="cuttable">Whether nodes will be cut off from the others.</param>
    public static async Task<TestCluster> StartAsync(bool isLossy = false, bool cuttable = false)
    {
        var cluster = new TestCluster(nodes: 3, isLossy, cuttable);
        try
        {
            await cluster.StartAllAsync();
            return cluster;
        }
        catch (Exception exception)
        {
            var log = cluster.Log;
            await cluster.DisposeAsync();
            throw new InvalidOperationException($"The cluster did not start: {exception.Message}\n{log}", exception);
        }
    }

    /// <summary>200 clients, half of them on polling only, in ten rooms.</summary>
    public Task ConnectAsync() => Swarm.RunAsync("connect", new { url = Url, clients = 200, rooms = 10 }, StartLimit);

    /// <summary>Plays a scenario; a failure of it carries the ends of all logs.</summary>
    public async Task PlayAsync(Func<Task> scenario)
    {
        try
        {
            await scenario();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n{Log}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        IEnumerable<IAsyncDisposable?> parts = [_swarm, _proxy, .. Nodes, _network];
        foreach (var part in parts.OfType<IAsyncDisposable>())
        {
            await part.DisposeAsync();
        }

        _files.Dispose();
    }

    private string Log => string.Concat(Nodes.Select(node => node.Log).Append(_proxy?.Log).Append(_swarm?.Log));

    private async Task StartAllAsync()
    {
        foreach (var node in Nodes)
        {
            node.Start();
        }

        _swarm = await Swarm.StartAsync();
        await Task.WhenAll(Nodes.Select(node => node.ReadyAsync(StartLimit)));
        _proxy = await RoundRobinProxy.StartAsync(Nodes.Select(node => node.Endpoint));
    }
}
