using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Net;

namespace AkkaChat.Bench.Polling;

/// <summary>All polling clients of one run on one thread; a client's two connections have the tags 2n and 2n + 1.</summary>
internal sealed class PollingLoop : IEventLoop, IDisposable
{
    private const uint SourceAddress = 0x7F000101; // 127.0.1.1
    private const int BufferLength = 1 << 18;

    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);
    private readonly List<Client> _connections = [];
    private readonly List<PollingClient> _clients = [];

    public PollingLoop(int port, int payloadLength, IPollingEvents listener)
    {
        Port = port;
        PayloadLength = payloadLength;
        Listener = listener;
    }

    public int Port { get; }

    /// <summary>Of the echoes, in bytes.</summary>
    public int PayloadLength { get; }

    public IPollingEvents Listener { get; }

    public void Connect()
    {
        var client = new PollingClient(this, _clients.Count, AddConnection(), AddConnection());
        _clients.Add(client);
    }

    public void Send(Client connection, ReadOnlySpan<byte> request)
    {
        if (!connection.TrySend(request) || connection.HasUnsent)
        {
            throw new BenchException("a request could not be sent");
        }
    }

    public void Turn(int timeoutMilliseconds)
    {
        var count = _epoll.Wait(timeoutMilliseconds);
        for (var index = 0; index < count; index++)
        {
            var tag = _epoll[index].Tag;
            Handle(_clients[tag / 2], _connections[tag]);
        }
    }

    public void Dispose()
    {
        _connections.ForEach(connection => LibC.Close(connection.Socket));
        _epoll.Dispose();
    }

    private Client AddConnection()
    {
        var connection = new Client(_connections.Count, NativeSocket.Connect(SourceAddress, Port, small: false));
        _connections.Add(connection);
        _epoll.Add(connection.Socket, connection.Index, Readiness.Write);
        return connection;
    }

    private void Handle(PollingClient client, Client connection)
    {
        if (connection.State == ClientState.Connecting)
        {
            connection.State = ClientState.Open;
            _epoll.Modify(connection.Socket, connection.Index, Readiness.Read);
            var other = _connections[connection.Index ^ 1];
            if (other.State == ClientState.Open)
            {
                client.Open();
            }

            return;
        }

        Receive(client, connection);
    }

    private void Receive(PollingClient client, Client connection)
    {
        var carried = connection.TakeCarry(_buffer);
        var received = NativeSocket.Receive(connection.Socket, _buffer.AsSpan(carried));
        if (received == 0)
        {
            throw new BenchException($"the server closed a connection of polling client {client.Index}");
        }

        var data = _buffer.AsSpan(0, carried + Math.Max(0, received));
        var now = Clock.Now;
        while (HttpResponse.TryRead(data, out var response))
        {
            if (!response.IsOk)
            {
                throw new BenchException("a request was refused");
            }

            client.Take(connection, data.Slice(response.BodyStart, response.BodyLength), now);
            data = data[response.Length..];
        }

        connection.KeepCarry(data);
    }
}
