using AkkaChat;
using AkkaChat.Nodes;
using AkkaChat.Settings;
using AkkaChat.Web;
using AkkaChat.Web.Api;
using AkkaChat.Web.Connections;
using AkkaChat.Web.Forwarding;
using AkkaChat.Web.Hosting;
using AkkaChat.Web.Polling;
using AkkaChat.Web.WebSockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Where applications find it without a using.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds AkkaChat to an application.</summary>
public static class AkkaChatBuilderExtensions
{
    private const string Section = "akkachat";

    /// <summary>
    /// Adds the server. Its settings come from the embedded defaults, a HOCON file (<c>AKKACHAT_CONFIG</c>), the
    /// environment, the configuration section <c>akkachat</c> and the options here, each winning over those before.
    /// <see cref="IAkkaChat"/> can be injected from then on.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">Sets options in code.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="AkkaChatConfigurationException">A setting is unknown or out of range.</exception>
    public static WebApplicationBuilder AddAkkaChat(
        this WebApplicationBuilder builder, Action<AkkaChatWebOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new AkkaChatWebOptions();
        configure?.Invoke(options);
        var file = options.ConfigurationFile ?? Environment.GetEnvironmentVariable("AKKACHAT_CONFIG");
        var config = SettingsLoader.Merge(file, Environment.GetEnvironmentVariable, Named(builder.Configuration));
        var settings = SettingsLoader.Read(config, options);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new LoadedConfiguration(config));
        builder.Services.AddSingleton(services => new AkkaChatServer(
            settings,
            options,
            services.GetRequiredService<ILoggerFactory>(),
            services,
            HandlerAuthorizer.From(services)));
        builder.Services.TryAddSingleton<IAkkaChat>(services => services.GetRequiredService<AkkaChatServer>().Main);
        builder.Services.AddSingleton<OpenWebSockets>();
        builder.Services.AddSingleton<NodeLife>();
        AddEndpoints(builder.Services);

        // The listener for other nodes comes first: they are told its address.
        ForwardingServices.Add(builder.Services, settings.Cluster);
        ApiServices.Add(builder.Services, settings);
        AddLife(builder.Services);
        if (settings.DirectWebSockets)
        {
            SocketListenerFactory.Register(builder.Services);
        }

        return builder;
    }

    /// <summary>Starting, stopping, and what says whether the node is ready.</summary>
    private static void AddLife(IServiceCollection services)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<AkkaChatHostedService>(provider));
        services.AddHostedService(provider => provider.GetRequiredService<AkkaChatHostedService>());
        services.AddHealthChecks().AddCheck<AkkaChatReadiness>("akkachat", tags: [AkkaChatReadiness.Tag]);
        services.AddOptions<HostOptions>().PostConfigure<AkkaChatServer>(
            static (host, server) => host.ShutdownTimeout += AkkaChatHostedService.StopTime(server));
    }

    /// <summary>What serves requests, whichever path and listener they come by.</summary>
    private static void AddEndpoints(IServiceCollection services)
    {
        services.AddSingleton(provider => new RefusalLog(ServerOf(provider).Log));
        services.AddSingleton(provider => new PollingEndpoint(
            ServerOf(provider),
            new PollResponseWriter(ServerOf(provider).Settings.HttpCompression),
            new SessionCookie(ServerOf(provider).Settings.Cookie)));
        services.AddSingleton(provider => new WebSocketEndpoint(
            ServerOf(provider),
            WebSocketBridges.Choose(ServerOf(provider)),
            provider.GetRequiredService<OpenWebSockets>(),
            LimitsConnections(provider)));
        services.AddSingleton<SessionEndpoint>();
    }

    private static AkkaChatServer ServerOf(IServiceProvider services) => services.GetRequiredService<AkkaChatServer>();

    /// <summary>Kestrel's limits are counted by requests: with one set, a WebSocket keeps its own.</summary>
    private static bool LimitsConnections(IServiceProvider services) =>
        services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits is not
            { MaxConcurrentConnections: null, MaxConcurrentUpgradedConnections: null };

    private static IEnumerable<KeyValuePair<string, string>> Named(IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (key.Length > 0 && value is not null)
            {
                yield return new KeyValuePair<string, string>(key.Replace(':', '.'), value);
            }
        }
    }
}
