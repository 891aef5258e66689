namespace AkkaChat.Nodes;

/// <summary>A node that is alone: all there is, is here.</summary>
internal sealed class SingleNodeStatus(AkkaChatServer server, NodeLife life) : IClusterStatus
{
    /// <inheritdoc/>
    public Task<ClusterReport> ReportAsync(CancellationToken cancellationToken)
    {
        var cluster = server.Settings.Cluster;
        return Task.FromResult(new ClusterReport(cluster.Name, cluster.Application, 0, [Report()]));
    }

    private NodeReport Report() => new(
        server.Incarnation, "", "up", IsReachable: true, IsThis: true, IsDraining: life.IsDraining, Load());

    /// <summary>It keeps the order of all rooms that have members, since these are all here.</summary>
    private NodeLoad Load()
    {
        var namespaces = server.Namespaces.ToList();
        var rooms = namespaces.Sum(one => one.Census.Count);
        return new NodeLoad(server.SessionCount, namespaces.Sum(one => one.SocketCount), rooms, [], rooms);
    }
}
