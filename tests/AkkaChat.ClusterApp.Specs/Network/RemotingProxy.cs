using System.Net;
using System.Net.Sockets;

namespace AkkaChat.ClusterApp.Specs.Network;

/// <summary>Stands before the remoting port of a node, and passes on what comes, unless the way is cut.</summary>
internal sealed class RemotingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly Func<Peer, bool> _isCut;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _released = New();
    private volatile bool _hasListened;

    public RemotingProxy(int port, int target, Func<Peer, bool> isCut)
    {
        _target = target;
        _isCut = isCut;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Whoever waits looks again whether its way is cut.</summary>
    public void Release() => Interlocked.Exchange(ref _released, New()).SetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = ConnectAsync(await _listener.AcceptTcpClientAsync(_end.Token), _end.Token);
        }
    }

    /// <summary>A connection over a way that is cut waits: nobody refuses it, as nobody answers.</summary>
    private async Task ConnectAsync(TcpClient near, CancellationToken end)
    {
        using (near)
        {
            near.NoDelay = true;
            var peer = new Peer(((IPEndPoint)near.Client.RemoteEndPoint!).Port);
            try
            {
                await PassableAsync(peer, end);
                using var far = await ReachAsync(end);
                await Task.WhenAny(PumpAsync(peer, near, far, end), PumpAsync(peer, far, near, end));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The node does not listen any more, or the test is at its end: the connection is closed.
            }
        }
    }

    /// <summary>
    /// Waits for a node that does not listen yet. Akka.NET's remoting is not told of a connection that is taken and then closed at
    /// once, and waits for it for 15 s (connection-timeout), in which two healthy nodes would seem dead to each other.
    /// </summary>
    private async Task<TcpClient> ReachAsync(CancellationToken end)
    {
        using var tries = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var far = new TcpClient { NoDelay = true };
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _target, end);
                _hasListened = true;
                return far;
            }
            catch (SocketException) when (!_hasListened)
            {
                far.Dispose();
                await tries.WaitForNextTickAsync(end);
            }
        }
    }

    private async Task PumpAsync(Peer peer, TcpClient from, TcpClient to, CancellationToken end)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, end) is var count and > 0)
            {
                await PassableAsync(peer, end);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), end);
            }

            await PassableAsync(peer, end);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            // One of the two has gone, and so does the connection.
        }
    }

    private async Task PassableAsync(Peer peer, CancellationToken end)
    {
        for (var released = _released; _isCut(peer); released = _released)
        {
            await released.Task.WaitAsync(end);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who opened a connection: its port, and, once it was looked up, the process.</summary>
    internal sealed class Peer(int port)
    {
        public int Port { get; } = port;

        public int? ProcessId { get; set; }
    }
}
