using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AkkaChat.Web.Connections;

/// <summary>
/// Kestrel's sockets, with outputs that a WebSocket can take over. It stands directly on the sockets, below TLS and
/// whatever else the application puts on its listeners; for all other connections nothing changes.
/// </summary>
internal sealed class TakeoverTransportFactory(IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    /// <summary>Puts it into the place of Kestrel's own factory, if the application uses that.</summary>
    public static void Register(IServiceCollection services)
    {
        var original = services.LastOrDefault(service =>
            service.ServiceType == typeof(IConnectionListenerFactory)
            && service.ImplementationType == typeof(SocketTransportFactory));
        if (original is not null)
        {
            services.Remove(original);
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, TakeoverTransportFactory>());
        }
    }

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await _sockets.BindAsync(endpoint, cancellationToken));

    private sealed class Listener(IConnectionListener sockets) : IConnectionListener
    {
        /// <inheritdoc/>
        public EndPoint EndPoint => sockets.EndPoint;

        /// <inheritdoc/>
        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            var connection = await sockets.AcceptAsync(cancellationToken);
            if (connection?.Features.Get<IConnectionSocketFeature>() is { Socket: var socket })
            {
                var output = new ConnectionOutput(connection.Transport.Output, socket);
                connection.Transport = new Transport(connection.Transport.Input, output);
                connection.Features.Set(output);
            }

            return connection;
        }

        /// <inheritdoc/>
        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => sockets.UnbindAsync(cancellationToken);

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => sockets.DisposeAsync();
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
