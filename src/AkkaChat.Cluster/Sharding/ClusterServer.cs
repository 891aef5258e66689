using Akka.Actor;
using AkkaChat.Membership;
using AkkaChat.Ownership;
using AkkaChat.Rooms;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Sharding;

/// <summary>A server whose rooms are those of a cluster.</summary>
internal static class ClusterServer
{
    /// <summary>
    /// Starts a server as a node of a cluster. The actor system has the settings of <c>hocon/cluster.conf</c>; until it has
    /// joined a cluster, joins and emits fail at their time limit.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="system">The actor system.</param>
    /// <param name="application">The application, of those that share the cluster.</param>
    /// <param name="address">Where this node takes requests that others hand on.</param>
    /// <param name="shards">In how many parts rooms are spread; the same on all nodes.</param>
    /// <param name="break">Ends the node, whose rooms have lost what they had promised.</param>
    /// <param name="loggers">Makes the log.</param>
    /// <returns>The way to the other nodes.</returns>
    public static ClusterPeers StartInCluster(
        this AkkaChatServer server,
        ActorSystem system,
        ClusterApplication application,
        Func<Uri?> address,
        int shards,
        Action<Exception> @break,
        ILoggerFactory loggers)
    {
        var settings = new OwnershipSettings { EmitTimeout = server.Settings.EmitTimeout };
        var logger = loggers.CreateLogger("AkkaChat.Cluster");
        var largest = ClusterConfiguration.LargestPublication(server.Settings.MaxPayload);
        var log = new ClusterLog(logger);
        var rooms = ClusterRooms.Start(system, application, settings, server.Time, log, shards, server.Foreign, @break, Evict);
        var answers = new PeerRequests(server, largest);
        var peers = new ClusterPeers(
            system, application, server.Incarnation, address, answers.Answer, server.Time, new MembershipLog(logger), server.Presence.Peers);
        server.Peers = new PeerNodes(peers, largest);
        server.OwnedRooms = rooms.OwnedAsync;
        server.Logs?.StartInCluster(new WriterElection(system, peers), largest);
        server.Start(system, owner => rooms.RouterOf(owner.Name, owner, largest));
        return peers;
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
