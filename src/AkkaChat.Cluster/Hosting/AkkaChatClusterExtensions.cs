using AkkaChat;
using AkkaChat.Membership;
using AkkaChat.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

#pragma warning disable IDE0130 // Where applications find it without a using.
namespace Microsoft.Extensions.Hosting;

/// <summary>Adds clustering to an application with AkkaChat.</summary>
public static class AkkaChatClusterExtensions
{
    /// <summary>
    /// Lets this server be a node of a cluster: it is one if <c>akkachat.cluster.node</c> is set, and alone otherwise.
    /// Beside <c>AddAkkaChat</c>, in either order.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddAkkaChatCluster(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ClusterMembership>();
        builder.Services.TryAddSingleton<IClusterNode>(services => services.GetRequiredService<ClusterMembership>());
        builder.Services.AddSingleton<IClusterStatus>(services =>
            services.GetRequiredService<AkkaChatServer>().Settings.Cluster.Node is null
                ? ActivatorUtilities.CreateInstance<SingleNodeStatus>(services)
                : ActivatorUtilities.CreateInstance<ClusterStatus>(services));
        return builder;
    }
}
