using Akka.Actor;
using Akka.Configuration;
using AkkaChat.Nodes;
using AkkaChat.Sharding;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Membership;

/// <summary>This process as a node of a cluster, from its start to its leave.</summary>
internal sealed class ClusterMembership(
    AkkaChatServer server, InternalAddress address, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    : IClusterNode, INodeDirectory
{
    private readonly MembershipLog _log = new(loggers.CreateLogger("AkkaChat.Cluster"));
    private ActorSystem? _system;
    private ClusterPeers? _peers;
    private volatile Task _formed = new TaskCompletionSource().Task;
    private volatile bool _isLeaving;
    private volatile bool _isUp;
    private volatile bool _isLost;

    /// <inheritdoc/>
    /// <remarks>Once it is, it stays so: nodes that join later are unknown for a moment, and have no sessions yet.</remarks>
    public bool IsUp => _isUp = _isUp || (_formed.IsCompletedSuccessfully && _peers is { KnowsAll: true });

    /// <inheritdoc/>
    public bool IsLost => _isLost;

    /// <inheritdoc/>
    public INodeDirectory Directory => this;

    /// <summary>The other nodes; null before the start.</summary>
    public ClusterPeers? Peers => _peers;

    /// <inheritdoc/>
    public Config Configure(Config config) => ClusterConfiguration.Of(config, server.Settings);

    /// <inheritdoc/>
    public void Start(AkkaChatServer started, ActorSystem system)
    {
        var settings = started.Settings.Cluster;
        var application = new ClusterApplication(settings.Application);
        _system = system;
        RequireRole(system, application);
        Akka.Cluster.Cluster.Get(system).RegisterOnMemberRemoved(OnRemoved);
        _peers = started.StartInCluster(system, application, () => address.Value, settings.Shards, Break, loggers);
    }

    /// <inheritdoc/>
    public void Join() => _formed = new ClusterFormation(_system!, server.Settings.Cluster, server.Time, _log).RunAsync();

    /// <inheritdoc/>
    public ValueTask<NodeLocation> FindAsync(string incarnation, CancellationToken cancellationToken) =>
        _peers?.FindAsync(incarnation, cancellationToken) ?? new(new NodeLocation(NodePresence.Unknown));

    /// <inheritdoc/>
    public void Drain() => _peers?.Drain();

    /// <inheritdoc/>
    public async Task LeaveAsync(TimeSpan limit)
    {
        _isLeaving = true;
        if (_system is { } system)
        {
            await Task.WhenAny(
                CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance), Task.Delay(limit, server.Time));
        }
    }

    private static void RequireRole(ActorSystem system, ClusterApplication application)
    {
        if (!Akka.Cluster.Cluster.Get(system).SelfRoles.Contains(application.Role))
        {
            throw new AkkaChatConfigurationException(
                $"The actor system given in the options does not have the role '{application.Role}' in akka.cluster.roles, "
                + "by which nodes of the same application (akkachat.cluster.application) know each other.");
        }
    }

    private void Break(Exception reason)
    {
        _log.Broken(reason);
        End();
    }

    /// <summary>The others go on without this node; what it says of rooms is nobody's truth any more.</summary>
    private void OnRemoved()
    {
        if (!_isLeaving)
        {
            _log.Removed(server.Settings.Cluster.Name);
            End();
        }
    }

    /// <summary>Whoever watches the process starts another, which is a new node.</summary>
    private void End()
    {
        _isLost = true;
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
