using AkkaChat.Bench.Scenarios;

namespace AkkaChat.Bench.Servers;

/// <summary>All processes of one server, started for one run: one, or the nodes of a cluster with their broker.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>Until the oldest node, which places rooms, knows of the last one.</summary>
    private static readonly TimeSpan SettleFor = TimeSpan.FromSeconds(3);

    private readonly ServerDefinition _definition;
    private readonly List<ServerProcess> _nodes = [];
    private ServerProcess? _broker;
    private string? _dataFolder;

    private RunningServer(ServerDefinition definition) => _definition = definition;

    /// <summary>What is spoken to, and whose CPU time and memory count.</summary>
    public Target Target => new(_definition.Name, _definition.Protocol, [.. _nodes.Select(node => node.Port)], [.. Processes.Select(process => process.Id)]);

    private IEnumerable<ServerProcess> Processes => _broker is null ? _nodes : _nodes.Append(_broker);

    /// <param name="definition">Which.</param>
    /// <param name="core">The core that all its processes share; null for all cores.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RunningServer> StartAsync(ServerDefinition definition, int? core, CancellationToken cancellationToken)
    {
        var server = new RunningServer(definition);
        try
        {
            await server.StartProcessesAsync(core, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        if (_dataFolder is not null)
        {
            Directory.Delete(_dataFolder, recursive: true);
        }
    }

    private async Task StartProcessesAsync(int? core, CancellationToken cancellationToken)
    {
        if (_definition.Cluster is not { } cluster)
        {
            _nodes.Add(await ServerProcess.StartAsync(WithDataFolder(_definition), core, cancellationToken));
            return;
        }

        if (cluster.Broker is { } broker)
        {
            _broker = await ServerProcess.StartAsync(broker, core, cancellationToken);
        }

        var ports = PortsOf(cluster);
        for (var node = 0; node < cluster.Nodes; node++)
        {
            var environment = _definition.Environment.Concat(cluster.EnvironmentOf(node, ports));
            _nodes.Add(await ServerProcess.StartAsync(_definition with { Environment = new Dictionary<string, string>(environment) }, core, cancellationToken));
            await WaitUntilInAsync(_nodes[^1], cluster.ReadyPath, cancellationToken);
        }
    }

    private ServerDefinition WithDataFolder(ServerDefinition definition)
    {
        if (definition.DataFolders is not { } parent)
        {
            return definition;
        }

        _dataFolder = Directory.CreateDirectory(Path.Combine(parent, Path.GetRandomFileName())).FullName;
        return definition with { Environment = new Dictionary<string, string>(definition.Environment) { ["AKKACHAT_DATA"] = _dataFolder } };
    }

    private ClusterPorts PortsOf(ClusterDefinition cluster)
    {
        var free = ServerProcess.FreePorts(2 * cluster.Nodes);
        return new ClusterPorts(_broker?.Port ?? 0, free[..cluster.Nodes], free[cluster.Nodes..]);
    }

    private async Task WaitUntilInAsync(ServerProcess node, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return;
        }

        using var http = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{node.Port}{path}");
        for (var end = Clock.Now + Clock.Nanoseconds(JoinLimit); !await IsReadyAsync(http, address, cancellationToken);)
        {
            if (Clock.Now > end)
            {
                throw new BenchException($"a node of {_definition.Name} was not in its cluster after {JoinLimit.TotalSeconds} s.");
            }

            await Task.Delay(AskAgainAfter, TimeProvider.System, cancellationToken);
        }

        await Task.Delay(SettleFor, TimeProvider.System, cancellationToken);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(address, cancellationToken);
        return response.IsSuccessStatusCode;
    }
}
