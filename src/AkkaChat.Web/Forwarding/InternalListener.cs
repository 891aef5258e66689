using System.Net;
using System.Net.Sockets;
using AkkaChat.Nodes;
using AkkaChat.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AkkaChat.Web.Forwarding;

/// <summary>
/// A web server of its own for requests that other nodes hand on. The application's has nothing of it: neither its
/// address, nor its path, nor what it believes of a request; and it has nothing of the application's.
/// </summary>
internal sealed class InternalListener : IHostedLifecycleService, IDisposable
{
    private const int StreamsPerConnection = 100;

    /// <summary>
    /// What one session may have on its way that is not read. The connection has as much for all its sessions together,
    /// so that those whose clients are not read do not hold up the others.
    /// </summary>
    private const int StreamWindow = 128 * 1024;

    private readonly KestrelServer _server;
    private readonly IServiceProvider _services;
    private readonly ClusterSettings _settings;
    private readonly InternalEndpoint _endpoint;
    private readonly InternalAddress _address;
    private readonly ForwardingLog _log;

    public InternalListener(
        ClusterSettings settings,
        InternalEndpoint endpoint,
        InternalAddress address,
        ForwardingLog log,
        IServiceProvider services,
        ILoggerFactory loggers)
    {
        (_settings, _services, _endpoint, _address, _log) = (settings, services, endpoint, address, log);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        _server = new KestrelServer(Options.Create(CreateOptions(settings)), sockets, loggers);
    }

    /// <summary>Where it listens, once it does: with the port that was free if port 0 was asked for.</summary>
    public Uri Address => new(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <inheritdoc/>
    /// <exception cref="AkkaChatConfigurationException">The address is taken, or not of this machine.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var pipeline = new ApplicationBuilder(_services);
        pipeline.UseWebSockets();
        pipeline.Run(_endpoint.HandleAsync);
        await ListenAsync(new Application(pipeline.Build()), cancellationToken);
        _address.Value = Reachable(Address);
        _log.Listening(Address.Authority);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    private async Task ListenAsync(Application application, CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(application, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new AkkaChatConfigurationException(
                $"This node cannot listen at {_settings.Listen} (akkachat.cluster.listen): {exception.Message}", exception);
        }
    }

    /// <summary>One that listens on all interfaces is reached at the address by which the node is one of its cluster.</summary>
    private Uri Reachable(Uri address) =>
        _settings is { Listen.Address: { } on, Node.Address: { } node } && (on.Equals(IPAddress.Any) || on.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(address) { Host = node.ToString() }.Uri
            : address;

    /// <summary>How fast a client must be is a question for the node it is connected to.</summary>
    private static KestrelServerOptions CreateOptions(ClusterSettings settings)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        var limits = options.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        limits.Http2.InitialStreamWindowSize = StreamWindow;
        limits.Http2.InitialConnectionWindowSize = StreamsPerConnection * StreamWindow;
        limits.Http2.KeepAlivePingDelay = InternalProtocol.Heartbeat;
        limits.Http2.KeepAlivePingTimeout = InternalProtocol.Heartbeat;
        options.Listen(settings.Listen!, listen => listen.Protocols = HttpProtocols.Http2);
        return options;
    }

    private sealed class Application(RequestDelegate pipeline) : IHttpApplication<HttpContext>
    {
        /// <inheritdoc/>
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        /// <inheritdoc/>
        public Task ProcessRequestAsync(HttpContext context) => pipeline(context);

        /// <inheritdoc/>
        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
