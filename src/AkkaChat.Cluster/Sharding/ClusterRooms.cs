using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaChat.Delivery;
using AkkaChat.Dispatch;
using AkkaChat.Membership;
using AkkaChat.Nodes;
using AkkaChat.Ownership;
using AkkaChat.Rooms;

namespace AkkaChat.Sharding;

/// <summary>The rooms of a cluster, on one of its nodes.</summary>
internal sealed class ClusterRooms
{
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(2);

    private readonly IActorRef _nodeRooms;
    private readonly IActorRef _region;

    private ClusterRooms(IActorRef nodeRooms, IActorRef region) => (_nodeRooms, _region) = (nodeRooms, region);

    /// <summary>
    /// Starts this node's part. The actor system has the settings of <c>hocon/cluster.conf</c>; whether and when it
    /// joins a cluster is its own business.
    /// </summary>
    public static ClusterRooms Start(
        ActorSystem system,
        ClusterApplication application,
        OwnershipSettings settings,
        TimeProvider time,
        ClusterLog log,
        int shards,
        ForeignPublications foreign,
        Action<Exception> @break,
        Action<IRoomMember> evict)
    {
        BatchingDispatcher.Register(system);
        var sharding = ClusterSharding.Get(system);
        var directory = new NodeDirectory((ExtendedActorSystem)system, application.Rooms);
        var name = ClusterView.NameOf(Akka.Cluster.Cluster.Get(system).SelfUniqueAddress);
        var node = new RoomNode(
            name, application, directory, new Lazy<IActorRef>(() => sharding.ShardRegion(application.Rooms)), settings, time, log, foreign, @break, evict);
        var nodeRooms = system.ActorOf(NodeRooms.Props(node), application.Rooms);
        directory.Add(name, nodeRooms);
        var region = sharding.Start(
            application.Rooms,
            OwnerActor.Props(node),
            ClusterShardingSettings.Create(system)
                .WithRole(application.Role)
                .WithPassivateIdleAfter(TimeSpan.Zero)
                .WithRememberEntities(false),
            new RoomExtractor(shards));
        return new ClusterRooms(nodeRooms, region);
    }

    /// <summary>The rooms whose owners are on this node.</summary>
    public async ValueTask<OwnedRooms> OwnedAsync(CancellationToken cancellationToken)
    {
        var state = await _region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, QueryLimit, cancellationToken);
        var shards = state.Shards.Select(shard => int.Parse(shard.ShardId, CultureInfo.InvariantCulture)).Order();
        return new OwnedRooms([.. shards], state.Shards.Sum(shard => shard.EntityIds.Count));
    }

    /// <summary>The way to the rooms of a namespace.</summary>
    /// <param name="name">The namespace's name.</param>
    /// <param name="home">The namespace.</param>
    /// <param name="largest">The bytes of the largest emit that is taken.</param>
    public IRoomRouter RouterOf(string name, IRoomHome home, int largest) =>
        new ClusterRoomRouter(name, home, _nodeRooms, largest);
}
