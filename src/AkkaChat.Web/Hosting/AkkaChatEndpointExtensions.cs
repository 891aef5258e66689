using AkkaChat;
using AkkaChat.Sessions;
using AkkaChat.Sockets;
using AkkaChat.Web;
using AkkaChat.Web.Api;
using AkkaChat.Web.Client;
using AkkaChat.Web.Forwarding;
using AkkaChat.Web.Hosting;
using AkkaChat.Web.Polling;
using AkkaChat.Web.WebSockets;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable IDE0130 // Where applications find it without a using.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps AkkaChat's endpoints.</summary>
public static class AkkaChatEndpointExtensions
{
    /// <summary>Serves Socket.IO at the configured path (<c>/socket.io/</c>), and the browser client beside it.</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>The server, for handlers to be registered.</returns>
    /// <exception cref="InvalidOperationException"><c>AddAkkaChat</c> has not been called.</exception>
    public static IAkkaChat MapAkkaChat(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var server = ServerOf(endpoints);
        MapEngine(endpoints, server.Settings.Path, host => new SocketIOConnection(server, host));
        if (server.Settings.ServeClient)
        {
            ClientFiles.Map(endpoints, server.Settings.Path, new OriginPolicy(server.Settings.Cors));
        }

        return server.Main;
    }

    /// <summary>Serves bare Engine.IO: messages without namespaces, events and acks, with the same settings.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">Where, such as <c>/engine.io/</c>.</param>
    /// <param name="onConnection">Called for each connection; it sets the connection's handlers.</param>
    /// <exception cref="InvalidOperationException"><c>AddAkkaChat</c> has not been called.</exception>
    public static void MapEngineIO(this IEndpointRouteBuilder endpoints, string path, Action<EngineSocket> onConnection)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(onConnection);
        var server = ServerOf(endpoints);
        MapEngine(endpoints, path, host => new EngineConnection(server, host, onConnection));
    }

    /// <summary>
    /// Serves the HTTP API, by which other programs emit, call, disconnect, join, leave, list and count, and ask how the
    /// cluster is. A request needs one of <c>api.keys</c>; where there are none, nothing is mapped, and the log says so.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">Where.</param>
    /// <returns>All its endpoints, for conventions such as rate limits or a required host.</returns>
    /// <exception cref="InvalidOperationException"><c>AddAkkaChat</c> has not been called.</exception>
    public static IEndpointConventionBuilder MapAkkaChatApi(this IEndpointRouteBuilder endpoints, string path = "/akkachat/api")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ServerOf(endpoints);

        // An application that lets nobody in without logging in means its users; these requests have keys.
        var group = endpoints.MapGroup(path);
        group.AllowAnonymous();
        endpoints.ServiceProvider.GetRequiredService<ApiEndpoints>().Map(group, path);
        return group;
    }

    /// <summary>
    /// Answers those who watch the node: <c>/health/live</c> with 200 as long as the process answers at all, and
    /// <c>/health/ready</c> with 200 while clients should be sent to it, with 503 before it has started or joined its
    /// cluster, and from the moment it is told to end. Other health checks count for readiness if tagged <c>ready</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">Where.</param>
    /// <exception cref="InvalidOperationException"><c>AddAkkaChat</c> has not been called.</exception>
    public static void MapAkkaChatHealth(this IEndpointRouteBuilder endpoints, string path = "/health")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(path);
        _ = ServerOf(endpoints);
        var prefix = path.TrimEnd('/');
        endpoints.MapHealthChecks(prefix + "/live", new HealthCheckOptions { Predicate = static _ => false });
        endpoints.MapHealthChecks(
            prefix + "/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(AkkaChatReadiness.Tag) });
    }

    private static AkkaChatServer ServerOf(IEndpointRouteBuilder endpoints) =>
        endpoints.ServiceProvider.GetService<AkkaChatServer>() ?? throw new InvalidOperationException(
            "AkkaChat is not registered. Call builder.AddAkkaChat() before builder.Build().");

    private static void MapEngine(
        IEndpointRouteBuilder endpoints, string path, Func<ISessionHost, ISessionApplication> createApplication)
    {
        var server = ServerOf(endpoints);
        var services = endpoints.ServiceProvider;
        var endpoint = new EngineEndpoint(
            server,
            createApplication,
            new OriginPolicy(server.Settings.Cors),
            services.GetRequiredService<AkkaChatWebOptions>().AllowRequest,
            services.GetRequiredService<PollingEndpoint>(),
            services.GetRequiredService<WebSocketEndpoint>(),
            services.GetRequiredService<SessionEndpoint>(),
            services.GetService<SessionForwarder>(),
            services.GetRequiredService<RefusalLog>());
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(endpoint.HandleAsync);
        endpoints.Map(path.TrimEnd('/') + "/", pipeline.Build());
    }
}
