using System.Net;
using System.Net.Sockets;
using NetSocket = System.Net.Sockets.Socket;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>The network before a server, which a test can cut or freeze.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<NetSocket> _ends = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _thaw = new();

    public Wire(int target)
    {
        _target = target;
        _thaw.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>From now on nothing that is said arrives, and nobody is told.</summary>
    public void Freeze() => _thaw = new TaskCompletionSource();

    public void Thaw() => _thaw.TrySetResult();

    /// <summary>Resets all connections and takes no new ones, as when the server's process is killed.</summary>
    public void Cut()
    {
        _listener.Stop();
        lock (_ends)
        {
            // Closing with a lingering time of zero is a reset.
            _ends.ForEach(end => end.Close(0));
            _ends.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Thaw();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_end.Token);
                var far = new NetSocket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                lock (_ends)
                {
                    _ends.AddRange([near, far]);
                }

                await far.ConnectAsync(IPAddress.Loopback, _target);
                _ = CarryAsync(near, far);
                _ = CarryAsync(far, near);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // No more.
        }
        catch (InvalidOperationException)
        {
            // Cut between two connections: in this way a stopped listener says that it was stopped.
        }
    }

    private async Task CarryAsync(NetSocket from, NetSocket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _end.Token)) > 0)
            {
                await _thaw.Task;
                await to.SendAsync(buffer.AsMemory(0, count), _end.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            to.Close();
        }
    }
}
