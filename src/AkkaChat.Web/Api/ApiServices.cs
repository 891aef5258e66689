using AkkaChat.Nodes;
using AkkaChat.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Api;

/// <summary>What the HTTP API needs.</summary>
internal static class ApiServices
{
    /// <summary>Adds it. A cluster puts a status of its own before or after this.</summary>
    public static void Add(IServiceCollection services, AkkaChatSettings settings)
    {
        services.TryAddSingleton<IClusterStatus, SingleNodeStatus>();
        services.AddSingleton(
            provider => new ApiLog(provider.GetRequiredService<ILoggerFactory>().CreateLogger("AkkaChat.Api")));
        services.AddSingleton(new ApiKeys(settings.Api));
        services.AddSingleton(new ApiJson(settings.ProtocolLimits.MaxDepth));
        services.AddSingleton<ApiMetrics>();
        services.AddSingleton<ApiFailures>();
        services.AddSingleton<ApiTargets>();
        services.AddSingleton<ApiOperations>();
        services.AddSingleton<ApiCommands>();
        services.AddSingleton<ApiEndpoints>();
    }
}
