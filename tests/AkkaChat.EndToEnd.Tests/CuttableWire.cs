using System.Net;
using System.Net.Sockets;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>
/// A way to the server that can be frozen: nothing passes, and neither end is told; and cut: connections end, what had not passed
/// is lost, and new ones are not taken until it is mended.
/// </summary>
internal sealed class CuttableWire : IAsyncDisposable
{
    private readonly int _target;
    private readonly int _port;
    private readonly List<TcpClient> _ends = [];
    private readonly Lock _gate = new();
    private volatile TaskCompletionSource? _frozen;
    private TcpListener _listener;
    private Task _accepting;

    private CuttableWire(int target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>The address that goes through it.</summary>
    public string Url => $"http://127.0.0.1:{_port}/";

    public static CuttableWire To(int port) => new(port);

    /// <summary>As when a laptop is closed or a phone enters a tunnel.</summary>
    public void Freeze() => _frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Cut()
    {
        _listener.Stop();
        lock (_gate)
        {
            _ends.ForEach(end => end.Close());
            _ends.Clear();
        }

        _frozen?.TrySetCanceled();
        _frozen = null;
    }

    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                lock (_gate)
                {
                    _ends.AddRange([near, far]);
                }

                _ = CarryAsync(near, far);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(TcpClient near, TcpClient far)
    {
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(PassAsync(near.GetStream(), far.GetStream()), PassAsync(far.GetStream(), near.GetStream())).Unwrap();
        }
        catch (Exception exception) when (exception
            is IOException or SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // One of the ends has gone.
        }
        finally
        {
            near.Close();
            far.Close();
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        for (var count = await from.ReadAsync(buffer); count > 0; count = await from.ReadAsync(buffer))
        {
            await (_frozen?.Task ?? Task.CompletedTask);
            await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
