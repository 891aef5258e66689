using AkkaChat.Nodes;
using AkkaChat.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Forwarding;

/// <summary>What a node needs to hand requests to others, and to take those of others.</summary>
internal static class ForwardingServices
{
    /// <summary>Adds what the settings ask for.</summary>
    public static void Add(IServiceCollection services, ClusterSettings settings)
    {
        services.AddSingleton<InternalAddress>();
        services.TryAddSingleton(provider => settings.Node is not null && provider.GetService<IClusterNode>() is { } node
            ? node.Directory
            : new SingleNodeDirectory(provider.GetRequiredService<AkkaChatServer>().Incarnation));
        if (settings.Secret is null)
        {
            return;
        }

        services.AddSingleton(settings);
        services.AddSingleton(
            provider => new ForwardingLog(provider.GetRequiredService<ILoggerFactory>().CreateLogger("AkkaChat.Forwarding")));
        services.AddSingleton<ForwardingMetrics>();
        services.AddSingleton<NodeClient>();
        services.AddSingleton<SessionForwarder>();
        if (settings.Listen is not null)
        {
            services.AddSingleton<InternalEndpoint>();
            services.AddSingleton<InternalListener>();
            services.AddHostedService(provider => provider.GetRequiredService<InternalListener>());
        }
    }
}
