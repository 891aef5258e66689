using System.Collections.Concurrent;
using System.Text.Json;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Sessions;

namespace AkkaChat.Testing.Connections;

/// <summary>
/// One connection of a test client, with its sockets in namespaces. It behaves as a stock client does: answers pings,
/// takes packets to their namespace, and notices the end.
/// </summary>
internal sealed class ClientConnection : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TestClient> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _socketIds = new(StringComparer.Ordinal);
    private readonly IPacketDecoder _decoder;
    private readonly IClientTransport _transport;
    private long _activity;
    private int _isDisposed;
    private Task _reading = Task.CompletedTask;
    private volatile bool _isAnswering = true;
    private volatile bool _isClosing;

    private ClientConnection(ChatTestServer server, IClientTransport transport, EnginePacket handshake)
    {
        Server = server;
        _transport = transport;
        _decoder = server.Codec.CreateDecoder();
        Session = server.Core.FindSession(SidIn(handshake));
        if (Session is null)
        {
            _stopped.TrySetResult();
        }

        Session?.WhenStopped(() => _stopped.TrySetResult());
    }

    public ChatTestServer Server { get; }

    /// <summary>The server's side of the connection; null if it had ended before it could be seen.</summary>
    public Session? Session { get; }

    /// <summary>Whether the end is under way: the client has begun to close, or the server has ended the session.</summary>
    public bool IsClosing => _isClosing || Session is null or { EndedBy: not null };

    /// <summary>Completes, with the reason, when the client knows that the connection has ended.</summary>
    public Task<string> Closed => _closed.Task;

    /// <summary>Completes when the server has done with the connection, the last handler included.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Counts packets in both directions, other than those that look for what is on its way.</summary>
    public long Activity => Volatile.Read(ref _activity);

    /// <summary>The client in each namespace that it has asked to join.</summary>
    public IReadOnlyCollection<TestClient> Clients => [.. _clients.Values];

    /// <summary>The ids of all sockets that the connection has had.</summary>
    public IReadOnlyCollection<string> SocketIds => [.. _socketIds.Keys];

    /// <summary>Opens a connection and begins to read.</summary>
    public static async Task<ClientConnection> OpenAsync(ChatTestServer server, ConnectionOpener opener)
    {
        var (transport, handshake) = await opener.OpenAsync();
        var connection = new ClientConnection(server, transport, handshake);
        connection._reading = connection.ReadAsync();
        return connection;
    }

    public TestClient? Find(string nsp) => _clients.GetValueOrDefault(nsp);

    /// <summary>Joins a namespace. Fails if the server refuses.</summary>
    public async Task<TestClient> JoinAsync(string nsp, object? auth)
    {
        var client = new TestClient(this, nsp);
        if (!_clients.TryAdd(nsp, client))
        {
            throw new InvalidOperationException($"This connection has joined '{nsp}' already.");
        }

        try
        {
            await SendAsync(Server.Codec.Connect(nsp, auth));
            await client.JoinedAsync();
            _socketIds[client.Id] = true;
            return client;
        }
        catch (IOException exception)
        {
            Forget(client);
            throw new ExpectationException($"'{nsp}' cannot be joined: {exception.Message}", exception);
        }
        catch
        {
            Forget(client);
            throw;
        }
    }

    public Task SendAsync(WirePacket packet)
    {
        Interlocked.Increment(ref _activity);
        return SendUncountedAsync(packet);
    }

    public Task SendUncountedAsync(WirePacket packet) => _transport.SendAsync(packet);

    /// <summary>Forgets a namespace that the client has left. True if none is left.</summary>
    public bool Forget(TestClient client)
    {
        _clients.TryRemove(new KeyValuePair<string, TestClient>(client.Namespace, client));
        return _clients.IsEmpty;
    }

    public void StopAnsweringPings() => _isAnswering = false;

    /// <summary>Closes in good order; completes when the connection is closed on both sides.</summary>
    public Task CloseAsync()
    {
        BeginClose();
        return Closed.WaitAsync(Server.Limit);
    }

    /// <summary>Begins to close: the client has left its last namespace, or was put out of it.</summary>
    public void BeginClose()
    {
        _isClosing = true;
        _ = _transport.CloseAsync();
    }

    /// <summary>Drops the connection.</summary>
    public async Task AbortAsync()
    {
        _transport.Abort();

        // Between two polls nothing tells a server that the next will not come.
        if (_transport is PollingClientTransport)
        {
            Session?.Close(CloseReason.TransportClose);
        }

        await Closed.WaitAsync(Server.Limit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _transport.Abort();
        Session?.Close(CloseReason.TransportClose);
        await _reading;
        _transport.Dispose();
    }

    private static string SidIn(EnginePacket handshake)
    {
        using var document = JsonDocument.Parse(handshake.Data);
        return document.RootElement.GetProperty("sid").GetString()!;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _transport.ReceiveAsync() is { Type: not EnginePacketType.Close } packet)
            {
                await OnPacketAsync(packet);
            }

            End(_transport.CloseReason is { Length: > 0 } said ? said : await ServersReasonAsync());
        }
        catch (Exception exception)
        {
            End($"the test client failed: {exception.Message}");
        }
    }

    private async Task OnPacketAsync(EnginePacket packet)
    {
        if (packet.Type == EnginePacketType.Ping && _isAnswering)
        {
            try
            {
                await SendAsync(EnginePacketCodec.Pong);
            }
            catch (IOException)
            {
                // The end of the connection comes next.
            }
        }
        else if (packet.Type == EnginePacketType.Message && TryDecode(packet) is { } complete)
        {
            Take(complete);
        }
    }

    private SocketPacket? TryDecode(EnginePacket message)
    {
        var result = message.IsBinary
            ? _decoder.AddBinary(message.Data, out var packet, out var error)
            : _decoder.AddText(message.Data, out packet, out error);
        return result == DecodeResult.Error
            ? throw new InvalidDataException($"The server sent what is no packet: {error.Reason}")
            : packet;
    }

    private void Take(SocketPacket packet)
    {
        if (!_clients.TryGetValue(packet.Namespace, out var client))
        {
            return;
        }

        if (!client.TryTakeMark(packet))
        {
            Interlocked.Increment(ref _activity);
            client.Take(packet);
        }
    }

    /// <summary>Where the wire says nothing: the reason that the server's own handlers see.</summary>
    private async Task<string> ServersReasonAsync()
    {
        var deadline = new Deadline(Server.Limit);
        while (Session is { EndedBy: null } && !Stopped.IsCompleted && !deadline.IsOver)
        {
            await deadline.PauseAsync();
        }

        return Session?.EndedBy?.Text ?? CloseReason.TransportClose.Text;
    }

    private void End(string reason)
    {
        Interlocked.Increment(ref _activity);
        foreach (var (_, client) in _clients)
        {
            client.End(reason);
        }

        _closed.TrySetResult(reason);
    }
}
