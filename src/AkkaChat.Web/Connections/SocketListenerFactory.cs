using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AkkaChat.Web.Connections;

/// <summary>
/// Listens at TCP addresses with connections that a WebSocket can take over. It stands directly on the sockets, below
/// TLS and whatever else the application puts on its listeners. All other addresses are Kestrel's own sockets' matter.
/// </summary>
internal sealed class SocketListenerFactory(
    IOptions<SocketTransportOptions> options, IMemoryPoolFactory<byte> pools, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _others = new(options, loggers);

    /// <summary>Puts it into the place of Kestrel's own factory, if the application uses that.</summary>
    public static void Register(IServiceCollection services)
    {
        var original = services.LastOrDefault(service =>
            service.ServiceType == typeof(IConnectionListenerFactory)
            && service.ImplementationType == typeof(SocketTransportFactory));
        if (original is not null)
        {
            services.Remove(original);
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, SocketListenerFactory>());
        }
    }

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => _others.CanBind(endpoint);

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is IPEndPoint
            ? ValueTask.FromResult<IConnectionListener>(SocketListener.Bind(endpoint, options.Value, pools, new ConnectionLog(loggers)))
            : _others.BindAsync(endpoint, cancellationToken);
}
