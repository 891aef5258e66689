using Akka.Actor;
using AkkaChat.Ownership;
using AkkaChat.Rooms;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Sharding;

/// <summary>A server whose rooms are those of a cluster.</summary>
internal static class ClusterServer
{
    /// <summary>
    /// Rooms are spread over the cluster by so many shards. The same on all nodes; about ten times the nodes there will be.
    /// </summary>
    public const int DefaultShards = 100;

    /// <summary>
    /// Starts a server as a node of a cluster. The actor system has the settings of <c>hocon/cluster.conf</c>; until it has
    /// joined a cluster, joins and emits fail at their time limit.
    /// </summary>
    public static void StartInCluster(this AkkaChatServer server, ActorSystem system, ILoggerFactory loggers, int shards = DefaultShards)
    {
        var settings = new OwnershipSettings { EmitTimeout = server.Settings.EmitTimeout };
        var log = new ClusterLog(loggers.CreateLogger("AkkaChat.Cluster"));
        var rooms = ClusterRooms.Start(system, settings, server.Time, log, shards, server.Foreign, Evict);
        server.Start(system, owner => rooms.RouterOf(owner.Name, owner));
    }

    /// <summary>The client comes again, and finds rooms that keep their promises.</summary>
    private static void Evict(IRoomMember member)
    {
        if (member is Socket { Connected: true } socket)
        {
            _ = socket.DisconnectAsync(close: true);
        }
    }
}
