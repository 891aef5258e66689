using System.Net;
using System.Net.Sockets;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>A way to the server that can be cut: connections end, and new ones are not taken until it is mended.</summary>
internal sealed class CuttableWire : IAsyncDisposable
{
    private readonly int _target;
    private readonly int _port;
    private readonly List<TcpClient> _ends = [];
    private readonly Lock _gate = new();
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

    public void Cut()
    {
        _listener.Stop();
        lock (_gate)
        {
            _ends.ForEach(end => end.Close());
            _ends.Clear();
        }
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
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the ends has gone.
        }
        finally
        {
            near.Close();
            far.Close();
        }
    }
}
