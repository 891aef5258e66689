using System.Net;
using System.Net.Sockets;
using System.Text;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>
/// A load balancer without sticky sessions: each request goes to the next server. It takes one request per connection,
/// which it has the server close after the answer.
/// </summary>
internal sealed class RoundRobin : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyList<TestServer> _servers;
    private readonly Task _accepting;
    private int _requests;

    public RoundRobin(IReadOnlyList<TestServer> servers)
    {
        _servers = servers;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Host => $"127.0.0.1:{Port}";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // No more.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            near.NoDelay = far.NoDelay = true;
            var server = _servers[Interlocked.Increment(ref _requests) % _servers.Count];
            await far.ConnectAsync(IPAddress.Loopback, server.Port);
            var (clients, servers) = (near.GetStream(), far.GetStream());
            await servers.WriteAsync(OnceOnly(await ReadHeadAsync(clients)));
            await Task.WhenAny(clients.CopyToAsync(servers), servers.CopyToAsync(clients));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // One of the two has gone, and the other goes with it.
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private static byte[] OnceOnly(string head)
    {
        if (!head.Contains("\r\nUpgrade:", StringComparison.OrdinalIgnoreCase))
        {
            var lines = head.Split("\r\n").Where(line => !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)).ToList();
            lines.Insert(1, "Connection: close");
            head = string.Join("\r\n", lines);
        }

        return Encoding.Latin1.GetBytes(head);
    }
}
