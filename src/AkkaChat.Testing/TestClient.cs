using System.Collections.Concurrent;
using AkkaChat.Handlers;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Testing.Connections;

namespace AkkaChat.Testing;

/// <summary>
/// A client in one namespace, as a program with a stock Socket.IO client would be. Made by
/// <see cref="ChatTestServer.ConnectAsync"/>; <see cref="JoinAsync"/> adds namespaces over the same connection. What it
/// waits for has a limit in real time, <see cref="ChatTestServer.Limit"/>. Thread-safe.
/// </summary>
public sealed partial class TestClient : IAsyncDisposable
{
    private readonly ClientConnection _connection;
    private readonly Inbox _inbox = new();
    private readonly ClientHandlers _handlers = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<EventArguments>> _acks = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _marks = new();
    private readonly TaskCompletionSource<string> _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastAckId = -1;

    internal TestClient(ClientConnection connection, string name)
    {
        _connection = connection;
        Namespace = name;
    }

    /// <summary>The namespace's name.</summary>
    public string Namespace { get; }

    /// <summary>The socket's id, as the server told it; empty before.</summary>
    public string Id => _joined.Task.IsCompletedSuccessfully ? _joined.Task.GetAwaiter().GetResult() : "";

    /// <summary>Whether the server has let the client in and neither side has ended it, as far as the client knows.</summary>
    public bool Connected => _joined.Task.IsCompletedSuccessfully && !_left.Task.IsCompleted;

    /// <summary>The server's socket for this client, with its rooms, items and user; null once it has left.</summary>
    public Socket? Socket => _connection.Server.Core.FindNamespace(Namespace)?.Find(Id);

    /// <summary>The event of a handler of the client's that still runs; null if none does.</summary>
    internal string? RunningHandler => _handlers.Running;

    /// <summary>Completes when the client has left, with the reason.</summary>
    internal Task<string> Left => _left.Task;

    /// <summary>Joins another namespace over the same connection.</summary>
    /// <param name="namespaceName">The namespace's name, with its slash.</param>
    /// <param name="auth">The auth payload, written as a JSON object; null for none.</param>
    /// <returns>The client in that namespace.</returns>
    /// <exception cref="ConnectRefusedException">The server refused; the connection and its other namespaces stay.</exception>
    public Task<TestClient> JoinAsync(string namespaceName, object? auth = null) =>
        _connection.JoinAsync(namespaceName, auth);

    /// <summary>The same connection's client in another namespace.</summary>
    /// <param name="namespaceName">The namespace's name.</param>
    /// <exception cref="InvalidOperationException">The connection has not joined it.</exception>
    public TestClient Of(string namespaceName) => _connection.Find(namespaceName) ?? throw new InvalidOperationException(
        $"The connection has not joined '{namespaceName}'. Call JoinAsync(\"{namespaceName}\") first.");

    /// <summary>Sends an event.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send; <c>byte[]</c> goes as a binary attachment, at any depth.</param>
    /// <returns>Completes when it is sent, which is before the server has handled it.</returns>
    /// <exception cref="ExpectationException">The client is not connected.</exception>
    public Task EmitAsync(string eventName, params object?[] arguments) => SendEventAsync(eventName, null, arguments);

    /// <summary>Sends an event and waits for the server's ack.</summary>
    /// <typeparam name="T">The type of the ack's first argument; <see cref="EventArguments"/> for all of them.</typeparam>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    /// <exception cref="ExpectationException">No ack came, or it does not fit the type; the message says more.</exception>
    public async Task<T> CallAsync<T>(string eventName, params object?[] arguments)
    {
        var answer = await CallAsync(eventName, arguments);
        return answer is { Count: 0 } && answer is not T
            ? default!
            : ArgumentReader.Read<T>(answer, 0, $"The ack of '{eventName}', ({ArgumentReader.Show(answer)}),");
    }

    /// <summary>Sends an event and waits for the server's ack, whatever is in it.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    /// <returns>The ack's arguments.</returns>
    /// <exception cref="ExpectationException">No ack came; the message says more.</exception>
    public async Task<EventArguments> CallAsync(string eventName, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastAckId);
        var answer = new TaskCompletionSource<EventArguments>(TaskCreationOptions.RunContinuationsAsynchronously);
        _acks[id] = answer;
        try
        {
            await SendEventAsync(eventName, id, arguments);
            var deadline = new Deadline(_connection.Server.Limit);
            await deadline.WaitAsync(Task.WhenAny(answer.Task, _left.Task));
            return answer.Task.IsCompleted
                ? await answer.Task
                : throw Failed($"The server should have acknowledged '{eventName}'", "Is there a handler for that event?");
        }
        finally
        {
            _acks.TryRemove(id, out _);
        }
    }

    /// <summary>Leaves this namespace; with the last one the connection is closed, as stock clients do.</summary>
    /// <returns>Completes when the server knows it, and for a whole connection when its handlers have ended.</returns>
    public async Task DisconnectAsync()
    {
        if (!Connected)
        {
            return;
        }

        await _connection.SendAsync(_connection.Server.Codec.Disconnect(Namespace));
        End(Sessions.CloseReason.ClientNamespaceDisconnect.Text);
        if (_connection.Forget(this))
        {
            await _connection.CloseAsync();
        }

        await _connection.Server.SettleAsync();
    }

    /// <summary>Drops the whole connection without a word, as if the network had failed.</summary>
    /// <returns>Completes when the server has noticed and its handlers have ended.</returns>
    public async Task AbortAsync()
    {
        await _connection.AbortAsync();
        await _connection.Server.SettleAsync();
    }

    /// <summary>From now on the connection answers no pings, as a client does that hangs or whose network is gone.</summary>
    public void StopAnsweringPings() => _connection.StopAnsweringPings();

    /// <summary>Drops the whole connection, if it is still open.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Waits for the answer to CONNECT.</summary>
    internal async Task JoinedAsync()
    {
        var deadline = new Deadline(_connection.Server.Limit);
        await deadline.WaitAsync(Task.WhenAny(_joined.Task, _left.Task));
        if (!_joined.Task.IsCompleted)
        {
            throw Failed($"The server should have answered the CONNECT to '{Namespace}'", "Is its connect handler waiting?");
        }

        await _joined.Task;
    }

    internal void Take(SocketPacket packet)
    {
        switch (packet.Type)
        {
            case SocketPacketType.Event:
                OnEvent(packet);
                break;
            case SocketPacketType.Ack when _acks.TryRemove(packet.AckId ?? -1, out var waiting):
                waiting.TrySetResult(ArgumentsOf(packet));
                break;
            case SocketPacketType.Connect:
                _joined.TrySetResult(Sid(packet));
                break;
            case SocketPacketType.ConnectError:
                _joined.TrySetException(Refusal.Of(packet));
                break;
            case SocketPacketType.Disconnect:
                OnPutOut();
                break;
            default:
                break;
        }
    }

    internal void End(string reason)
    {
        _left.TrySetResult(reason);
        _inbox.Signal();
    }

    /// <summary>Expects a mark: an ack that nobody has called for, by which it is seen what has arrived before it.</summary>
    internal Task ExpectMark(long id)
    {
        var mark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _marks[id] = mark;
        return mark.Task;
    }

    internal bool TryTakeMark(SocketPacket packet)
    {
        if (packet.Type != SocketPacketType.Ack || !_marks.TryRemove(packet.AckId ?? -1, out var mark))
        {
            return false;
        }

        mark.TrySetResult();
        return true;
    }

    private async Task SendEventAsync(string eventName, long? ackId, object?[] arguments)
    {
        EventName.Check(eventName);
        ArgumentNullException.ThrowIfNull(arguments);
        if (!Connected)
        {
            throw new ExpectationException($"'{eventName}' cannot be sent: {StateInWords()}.");
        }

        try
        {
            await _connection.SendAsync(_connection.Server.Codec.Event(Namespace, ackId, eventName, arguments));
        }
        catch (IOException exception)
        {
            throw new ExpectationException($"'{eventName}' could not be sent: {exception.Message}", exception);
        }
    }

    private void OnEvent(SocketPacket packet)
    {
        var name = packet.EventName!;
        var arguments = ArgumentsOf(packet);
        Func<object?[], Task>? ack = packet.AckId is { } id ? answer => SendAckAsync(id, answer) : null;
        if (!_handlers.TryRun(name, arguments, result => ack is null ? Task.CompletedTask : ack(NoValue.ToArguments(result))))
        {
            _inbox.Add(new ReceivedEvent(name, arguments, ack));
        }

        _inbox.Signal();
    }

    /// <summary>With its last namespace a stock client closes the connection.</summary>
    private void OnPutOut()
    {
        if (_connection.Forget(this))
        {
            _connection.BeginClose();
        }

        End(Sessions.CloseReason.ServerNamespaceDisconnect.Text);
    }

    private Task SendAckAsync(long id, object?[] arguments) =>
        _connection.SendAsync(_connection.Server.Codec.Ack(Namespace, id, arguments));

    private EventArguments ArgumentsOf(SocketPacket packet) =>
        new(packet.Arguments, packet.Attachments, _connection.Server.Codec.Serializer);

    private static string Sid(SocketPacket packet)
    {
        using var document = System.Text.Json.JsonDocument.Parse(packet.Payload);
        return document.RootElement.GetProperty("sid").GetString()!;
    }
}
