using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using NetSocket = System.Net.Sockets.Socket;

namespace AkkaChat.Web.Connections;

/// <summary>Listens at one TCP address.</summary>
internal sealed class SocketListener : IConnectionListener
{
    /// <summary>How long nobody is accepted when no file can be opened for one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConnectionLog _log;
    private readonly NetSocket _socket;
    private readonly MemoryPool<byte> _pool;
    private readonly SocketTransportOptions _options;

    private SocketListener(NetSocket socket, MemoryPool<byte> pool, SocketTransportOptions options, ConnectionLog log)
    {
        _log = log;
        _socket = socket;
        _pool = pool;
        _options = options;
        EndPoint = socket.LocalEndPoint!;
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="AddressInUseException">Somebody else does already.</exception>
    public static SocketListener Bind(
        EndPoint endpoint, SocketTransportOptions options, IMemoryPoolFactory<byte> pools, ConnectionLog log)
    {
        NetSocket socket;
        try
        {
            socket = options.CreateBoundListenSocket(endpoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(exception.Message, exception);
        }

        socket.Listen(options.Backlog);
        return new SocketListener(socket, pools.Create(), options, log);
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var socket = await _socket.AcceptAsync(cancellationToken);
                socket.NoDelay = _options.NoDelay;
                socket.Blocking = false;
                var connection = new SocketConnection(socket, _pool, _options, _log);
                connection.Start();
                return connection;
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.OperationAborted)
            {
                return null;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.TooManyOpenSockets)
            {
                _log.TooManyFiles();
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (SocketException)
            {
                // The client was gone before it was let in.
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();

        // Blocks that connections still hold are given back to it, and freed.
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }
}
