using AkkaChat.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AkkaChat.Web.Hosting;

/// <summary>
/// Whether clients should be sent to this node: it has started, the cluster, if it is of one, has let it in, and it is
/// not about to end.
/// </summary>
internal sealed class AkkaChatReadiness(NodeLife life, AkkaChatServer server, IServiceProvider services) : IHealthCheck
{
    /// <summary>The tag of checks that say so.</summary>
    public const string Tag = "ready";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            life.IsDraining ? HealthCheckResult.Unhealthy("The node is about to end.")
            : !life.TakesSessions ? HealthCheckResult.Unhealthy("The server has not started yet.")
            : !IsInCluster ? HealthCheckResult.Unhealthy("The cluster has not let this node in yet.")
            : HealthCheckResult.Healthy());

    private bool IsInCluster => server.Settings.Cluster.Node is null || services.GetService<IClusterNode>() is { IsUp: true };
}
