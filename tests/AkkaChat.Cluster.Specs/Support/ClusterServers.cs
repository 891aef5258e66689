using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaChat.Cluster.Tests.Logs;
using AkkaChat.Membership;
using AkkaChat.Sharding;
using AkkaChat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaChat.Cluster.Specs.Support;

/// <summary>Whole servers in one process as one cluster, with real remoting.</summary>
internal sealed class ClusterServers : IAsyncDisposable
{
    private readonly List<ActorSystem> _systems = [];
    private readonly List<TestServer> _servers = [];
    private readonly List<ClusterPeers> _peers = [];
    private readonly List<SharedFile.Store?> _stores = [];

    private ClusterServers()
    {
    }

    public TestServer this[int number] => _servers[number];

    /// <summary>Starts servers; completes when each knows all others, and any of them can be given rooms to own.</summary>
    /// <param name="count">How many.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="logs">Where the logs of their durable rooms are; null if they have none.</param>
    public static async Task<ClusterServers> StartAsync(int count, Action<AkkaChatOptions>? configure = null, SharedFile? logs = null)
    {
        var servers = new ClusterServers();
        for (var number = 0; number < count; number++)
        {
            await servers.AddAsync(configure, logs);
        }

        await Limit.WaitUntil(() => servers._peers.TrueForAll(peers => peers.KnowsAll && peers.Known.ByName.Count == count - 1));
        while (await servers.CountRegionsAsync() < count)
        {
            await Task.Yield();
        }

        return servers;
    }

    /// <summary>A client of one of the servers, in some rooms.</summary>
    public async Task<TestClient> JoinAsync(int number, params string[] rooms)
    {
        var client = await _servers[number].ConnectAsync();
        foreach (var room in rooms)
        {
            client.Send($"420[\"join\",\"{room}\"]");
            Assert.Equal("430[]", await client.ReadAsync());
        }

        return client;
    }

    /// <summary>A server dies without a word to anybody.</summary>
    public Task KillAsync(int number)
    {
        _stores[number]?.Die();
        return _systems[number].Terminate().WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>A server says that it is about to leave.</summary>
    public void Drain(int number) => _peers[number].Drain();

    /// <summary>Whether a server knows of itself and of all others that they are about to leave.</summary>
    public bool SeesAllDraining(int number) =>
        _peers[number].IsDraining && _peers[number].Known.ByName.Values.All(node => node.IsDraining);

    /// <summary>Whether a server writes the logs of durable rooms.</summary>
    public bool IsWriting(int number) => _servers[number].Server.Logs!.Cluster!.IsWriting;

    /// <summary>A server leaves as hosts do: it says so, hands its logs over, then its rooms.</summary>
    public async Task LeaveAsync(int number)
    {
        Drain(number);
        await (_servers[number].Server.Logs?.StopAsync(TimeSpan.FromSeconds(10)) ?? Task.CompletedTask);
        await CoordinatedShutdown.Get(_systems[number]).Run(CoordinatedShutdown.ClusterLeavingReason.Instance).WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await Task.WhenAll(_systems.Select(system => system.Terminate())).WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>How many nodes the one that gives away rooms knows of.</summary>
    private async Task<int> CountRegionsAsync()
    {
        var region = ClusterSharding.Get(_systems[0]).ShardRegion(ClusterNode.Application.Rooms);
        var current = await region.Ask<CurrentRegions>(GetCurrentRegions.Instance, TimeSpan.FromSeconds(20));
        return current.Regions.Count;
    }

    private async Task AddAsync(Action<AkkaChatOptions>? configure, SharedFile? logs)
    {
        var system = ActorSystem.Create("akkachat-specs", ClusterNode.Fast.WithFallback(ClusterDefaults.Akka));
        _systems.Add(system);
        _stores.Add(logs?.StoreOfNode());
        var server = TestServer.Start(
            configure,
            services: _stores[^1],
            system: system,
            start: (started, on) => _peers.Add(started.StartInCluster(on, ClusterNode.Application, () => null, shards: 20, _ => { }, NullLoggerFactory.Instance)));
        server.Io.On("join", (Socket socket, string room) => socket.JoinAsync(room));
        server.Io.On("say", (Socket socket, string room, string text) => socket.To(room).EmitAsync("said", text));
        _servers.Add(server);
        var cluster = Akka.Cluster.Cluster.Get(system);
        await cluster.JoinAsync(Akka.Cluster.Cluster.Get(_systems[0]).SelfAddress).WaitAsync(TimeSpan.FromSeconds(20));
    }
}
