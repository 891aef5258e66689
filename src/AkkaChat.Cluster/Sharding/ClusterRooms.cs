using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaChat.Delivery;
using AkkaChat.Dispatch;
using AkkaChat.Ownership;
using AkkaChat.Rooms;

namespace AkkaChat.Sharding;

/// <summary>The rooms of a cluster, on one of its nodes.</summary>
internal sealed class ClusterRooms
{
    private const string TypeName = "akkachat-rooms";

    private readonly IActorRef _nodeRooms;

    private ClusterRooms(IActorRef nodeRooms) => _nodeRooms = nodeRooms;

    /// <summary>
    /// Starts this node's part. The actor system has the settings of <c>hocon/cluster.conf</c>; whether and when it
    /// joins a cluster is its own business.
    /// </summary>
    public static ClusterRooms Start(ActorSystem system, OwnershipSettings settings, TimeProvider time, ClusterLog log, int shards, ForeignPublications foreign, Action<IRoomMember> evict)
    {
        BatchingDispatcher.Register(system);
        var sharding = ClusterSharding.Get(system);
        var directory = new NodeDirectory((ExtendedActorSystem)system);
        var name = ClusterView.NameOf(Akka.Cluster.Cluster.Get(system).SelfUniqueAddress);
        var node = new RoomNode(name, directory, new Lazy<IActorRef>(() => sharding.ShardRegion(TypeName)), settings, time, log, foreign, evict);
        var nodeRooms = system.ActorOf(NodeRooms.Props(node), NodeDirectory.ActorName);
        directory.Add(name, nodeRooms);
        sharding.Start(
            TypeName,
            OwnerActor.Props(node),
            ClusterShardingSettings.Create(system).WithPassivateIdleAfter(TimeSpan.Zero).WithRememberEntities(false),
            new RoomExtractor(shards));
        return new ClusterRooms(nodeRooms);
    }

    /// <summary>The way to the rooms of a namespace.</summary>
    public IRoomRouter RouterOf(string name, IRoomHome home) => new ClusterRoomRouter(name, home, _nodeRooms);
}
