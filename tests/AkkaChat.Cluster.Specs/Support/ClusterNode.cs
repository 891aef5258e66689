using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using AkkaChat.Cluster.Tests.Histories;
using AkkaChat.Delivery;
using AkkaChat.Membership;
using AkkaChat.Ownership;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Rooms;
using AkkaChat.Sharding;
using AkkaChat.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaChat.Cluster.Specs.Support;

/// <summary>A node of a cluster in this process, with real remoting, and clients that write down what they see.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    public const string Room = "lobby";

    public const int Shards = 20;

    /// <summary>As <c>hocon/cluster.conf</c> says.</summary>
    public static readonly ClusterApplication Application = new("default");

    /// <summary>As in production, but with everything that waits a tenth as long.</summary>
    public static readonly Config Fast = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          remote.dot-netty.tcp.port = 0
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          coordinated-shutdown.run-by-actor-system-terminate = off
          cluster {
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            periodic-tasks-initial-delay = 100ms
            unreachable-nodes-reaper-interval = 200ms
            failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 1s }
            split-brain-resolver.stable-after = 1s
            sharding.retry-interval = 200ms
            sharding.distributed-data.gossip-interval = 100ms
            distributed-data.gossip-interval = 100ms
            singleton.hand-over-retry-interval = 200ms
            singleton.min-number-of-hand-over-retries = 15
          }
        }
        """);

    private readonly ObservedHistory _history;
    private readonly ClusterRooms _rooms;
    private readonly IRoomRouter _router;
    private readonly Home _home;
    private int _published;

    private ClusterNode(string name, ObservedHistory history, Config? config)
    {
        Name = name;
        _history = history;
        _home = new Home(this);
        System = ActorSystem.Create("akkachat-specs", (config ?? Config.Empty).WithFallback(Fast).WithFallback(ClusterDefaults.Akka));
        _rooms = ClusterRooms.Start(System, Application, new OwnershipSettings(), TimeProvider.System, new ClusterLog(NullLogger.Instance), Shards, new ForeignPublications(TimeProvider.System, TimeSpan.FromSeconds(60)), Broken.Add, Evict);
        _router = _rooms.RouterOf("/", _home, largest: 15 << 20);
    }

    public string Name { get; }

    public ActorSystem System { get; }

    public System.Collections.Concurrent.ConcurrentBag<string> Evicted { get; } = [];

    public System.Collections.Concurrent.ConcurrentBag<Exception> Broken { get; } = [];

    private Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    /// <summary>Starts nodes as one cluster; completes when all are up.</summary>
    public static async Task<ClusterNode[]> StartAsync(int count, ObservedHistory history, Config? config = null)
    {
        var nodes = Enumerable.Range(1, count).Select(number => new ClusterNode($"node{number}", history, config)).ToArray();
        foreach (var node in nodes)
        {
            await node.Cluster.JoinAsync(nodes[0].Cluster.SelfAddress).WaitAsync(TimeSpan.FromSeconds(20));
        }

        return nodes;
    }

    /// <summary>Starts one more node of the cluster that a node is in; completes when it is up.</summary>
    public static async Task<ClusterNode> AddAsync(string name, ClusterNode seed, ObservedHistory history, Config? config = null)
    {
        var node = new ClusterNode(name, history, config);
        await node.Cluster.JoinAsync(seed.Cluster.SelfAddress).WaitAsync(TimeSpan.FromSeconds(20));
        return node;
    }

    /// <summary>A client joins; completes when it is in.</summary>
    public async Task<Client> JoinAsync(string id, string room = Room)
    {
        var client = new Client(id, _history);
        await JoinAsync(client, room);
        return client;
    }

    public Task JoinAsync(Client client, string room)
    {
        client.Rooms.Add(room);
        var operation = new Unawaited();
        _router.Tell(new RoomMessages.Join(new RoomName(room), client, operation));
        return operation.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public Task LeaveAsync(Client client)
    {
        var operation = new Unawaited();
        _history.Write(history => history.Leave(client.Id));
        _router.Tell(new RoomMessages.Leave(new RoomName(Room), client, operation));
        return operation.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Sends to the actor that other nodes send to.</summary>
    public void Tell(RoomEnvelope envelope)
    {
        var name = ClusterView.NameOf(Cluster.SelfUniqueAddress);
        new NodeDirectory((ExtendedActorSystem)System, Application.Rooms).Of(name).Tell(envelope);
    }

    /// <summary>Publishes, and writes down what becomes of it.</summary>
    public Task PublishAsync()
    {
        var number = ++_published;
        var content = $"{Name} {number}";
        _history.Write(history => history.Publish(content, Name, Name, number));
        return SettleAsync(content, Emit(content, Room));
    }

    /// <summary>Publishes in some rooms at once.</summary>
    public Task Emit(string content, params string[] rooms) => Emit(new Emission(content, rooms), rooms);

    public Task Emit(Emission emission, params string[] rooms)
    {
        emission.Begin(rooms.Length);
        foreach (var room in rooms)
        {
            _router.Tell(new RoomMessages.Visit(new RoomName(room), emission));
        }

        return emission.Task;
    }

    /// <summary>Waits until the members here have what is at that place in a room's order.</summary>
    public Task WhenDeliveredAsync(string room, long sequence) => _router.WhenDeliveredAsync(new RoomName(room), sequence, CancellationToken.None);

    /// <summary>The rooms whose owners are on this node.</summary>
    public async Task<bool> OwnsAsync(string room = Room)
    {
        var region = ClusterSharding.Get(System).ShardRegion(Application.Rooms);
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TimeSpan.FromSeconds(5));
        var id = new AkkaChat.Wire.RoomAddress("/", new RoomName(room)).EntityId;
        return state.Shards.Any(shard => shard.EntityIds.Contains(id));
    }

    /// <summary>Dies without a word to anybody.</summary>
    public async Task KillAsync()
    {
        _history.Write(history => history.Lose(Name));
        await System.Terminate().WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Leaves the cluster in order, handing over what it owns.</summary>
    public async Task LeaveClusterAsync()
    {
        _history.Write(history => history.Lose(Name));
        await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance).WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync() => await System.Terminate().WaitAsync(TimeSpan.FromSeconds(20));

    private void Evict(IRoomMember member)
    {
        Evicted.Add(member.Id);
        _history.Write(_ => { });
    }

    private async Task SettleAsync(string content, Task operation)
    {
        await operation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var neverSent = operation.Exception?.InnerException?.Message.Contains("never left", StringComparison.Ordinal) == true;
        var failure = neverSent ? RoomHistory.Outcome.NeverSent : RoomHistory.Outcome.Unknown;
        _history.Write(history => history.Settle(content, operation.IsCompletedSuccessfully ? RoomHistory.Outcome.Confirmed : failure));
    }

    /// <summary>The namespace: a client is in from the moment it says so.</summary>
    private sealed class Home(ClusterNode node) : IRoomHome
    {
        public IEnumerable<IRoomMember> Roster(RoomName room) => [];

        public void Observe(RoomEventKind kind, RoomName room, string? socketId)
        {
            if (kind == RoomEventKind.Joined && room.Value == Room)
            {
                node._history.Write(history => history.Join(socketId!, node.Name));
            }
        }
    }

    /// <summary>An emit without the server around it.</summary>
    internal sealed class Emission(string content, string[] rooms) : SelectionOperation(null!)
    {
        private readonly PublicationContent _content = new(
            EnginePacketCodec.EncodeMessage(content), false, [], null, rooms.Length > 1 ? new PublicationUnion(Guid.NewGuid(), rooms.Length) : null);

        private readonly Claims? _claims = rooms.Length > 1 ? new Claims() : null;

        public bool IsLocal { get; init; }

        public void Begin(int parts) => Expect(parts);

        public override void Reach(IRoomMember member) => _content.Reach(member, _claims);

        public override PublicationContent? Describe() => IsLocal ? null : _content;
    }
}
