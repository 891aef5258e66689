using AkkaChat.Bench.Chat;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Servers;

/// <summary>All servers that the benchmark knows, AkkaChat first, in the order of every report.</summary>
internal sealed class ServerCatalog
{
    /// <summary>
    /// On one core the runtime waits ten times as long before it optimizes code: a second without new code instead of a
    /// tenth. Pinning would have .NET's servers measured half-compiled.
    /// </summary>
    private static readonly Dictionary<string, string> DotNetEnvironment = new()
    {
        ["DOTNET_TC_DelaySingleProcMultiplier"] = "1",
    };

    private static readonly string[] Feeds = ["standard", "restricted"];

    /// <summary>The nodes know each other by it; it guards nothing here.</summary>
    private static readonly string Secret = new('s', 32);

    /// <summary>Clusters, and one node of their kind.</summary>
    public static IReadOnlyList<string> InClusterScenarios { get; } =
        ["akkachat-standard", "akkachat-cluster-2", "node", "node-redis-2"];

    private readonly string _repository;
    private readonly string _artifacts;

    public ServerCatalog(string repository, string artifacts)
    {
        _repository = repository;
        _artifacts = artifacts;
        All =
        [
            .. Feeds.Select(AkkaChat),
            .. Feeds.Select(Chat),
            AkkaChatCluster(1),
            AkkaChatCluster(2),
            Script("node", "node", "node-socketio/server.mjs", "node-socketio/node_modules/socket.io/package.json"),
            NodeWithRedis(2),
            DotNet("kestrel", new PlainProtocol(), "AkkaChat.Bench.Kestrel"),
            DotNet("signalr", new SignalRProtocol(), "AkkaChat.Bench.SignalR"),
            // Debian's packages are seen by Debian's own Python only.
            Script("flask", "/usr/bin/python3", "flask-socketio/app.py", "/usr/lib/python3/dist-packages/flask_socketio/__init__.py"),
        ];
    }

    public IReadOnlyList<ServerDefinition> All { get; }

    private ServerDefinition AkkaChat(string feed)
    {
        var program = BuiltProgram(feed, "AkkaChat.Bench.Server");
        return new ServerDefinition($"akkachat-{feed}", new SocketIOProtocol(), program, [], program, DotNetEnvironment) { Build = feed };
    }

    private ServerDefinition Chat(string feed)
    {
        var program = BuiltProgram(feed, "AkkaChat.Host");
        var environment = new Dictionary<string, string>(DotNetEnvironment)
        {
            ["Chat__Guests"] = "true",
            ["Chat__RegistrationsPerMinute"] = "100000",
            ["Chat__LoginsPerMinute"] = "100000",
        };
        return new ServerDefinition($"chat-{feed}", new ChatProtocol([]), program, [], program, environment)
        {
            Build = feed,
            ReadyLine = "AkkaChat is ready",
            DataFolders = Path.Combine(_artifacts, "bench-data"),
        };
    }

    private ServerDefinition AkkaChatCluster(int nodes) => AkkaChat("standard") with
    {
        Name = $"akkachat-cluster-{nodes}",
        Cluster = new ClusterDefinition(nodes, null, NodeEnvironment, "/health/ready"),
    };

    private static Dictionary<string, string> NodeEnvironment(int node, ClusterPorts ports) => new()
    {
        ["AKKACHAT_CLUSTER_NODE"] = $"127.0.0.1:{ports.Nodes[node]}",
        ["AKKACHAT_CLUSTER_SEEDS"] = $"127.0.0.1:{ports.Nodes[0]}",
        ["AKKACHAT_CLUSTER_LISTEN"] = $"127.0.0.1:{ports.Listeners[node]}",
        ["AKKACHAT_CLUSTER_SECRET"] = Secret,
    };

    private ServerDefinition NodeWithRedis(int nodes)
    {
        const string redis = "/usr/bin/redis-server";
        string[] inMemory = ["--bind", "127.0.0.1", "--port", "$PORT", "--save", "", "--appendonly", "no"];
        var broker = new ServerDefinition("redis", new SocketIOProtocol(), redis, inMemory, redis, new Dictionary<string, string>())
        {
            ReadyLine = "Ready to accept connections",
        };
        var node = Script("node-redis-" + nodes, "node", "node-socketio/server.mjs", "node-socketio/node_modules/@socket.io/redis-adapter/package.json");
        return node with
        {
            Cluster = new ClusterDefinition(nodes, broker, (_, ports) => new Dictionary<string, string> { ["REDIS_PORT"] = $"{ports.Broker}" }, null),
        };
    }

    private ServerDefinition DotNet(string name, IProtocol protocol, string project)
    {
        // The peers do not depend on the feed: whichever build is there.
        var builds = Feeds.Select(feed => BuiltProgram(feed, project)).ToList();
        var program = builds.Find(File.Exists) ?? builds[0];
        return new ServerDefinition(name, protocol, program, [], program, DotNetEnvironment);
    }

    private ServerDefinition Script(string name, string interpreter, string script, string needs)
    {
        var peers = Path.Combine(_repository, "bench", "peers");
        return new ServerDefinition(
            name,
            new SocketIOProtocol(),
            interpreter,
            [Path.Combine(peers, script)],
            Path.Combine(peers, needs),
            new Dictionary<string, string>());
    }

    private string BuiltProgram(string feed, string project) =>
        Path.Combine(_artifacts, feed, "bin", project, "release", project);
}
