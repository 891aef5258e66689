using System.Collections.Concurrent;
using AkkaChat.Delivery;
using AkkaChat.Handlers;
using AkkaChat.Logs;
using AkkaChat.Nodes;
using AkkaChat.Presence;
using AkkaChat.Protocol;
using AkkaChat.Rooms;
using AkkaChat.Serialization;

namespace AkkaChat.Sockets;

/// <summary>A namespace: its handlers, the sockets of this node in it, and the way to its rooms.</summary>
internal class Namespace : HandlerRegistry, INamespace, IRoomHome
{
    private readonly ConcurrentDictionary<string, Socket> _sockets = new(StringComparer.Ordinal);
    private readonly Observers<Action<RoomEvent>> _roomObservers = new();
    private readonly ServerEvents _serverEvents;
    private IRoomRouter? _rooms;

    public Namespace(string name, AkkaChatServer server, HandlerRegistry? shared = null)
        : base(server.Binder, server.Authorizer, $"namespace {name}")
    {
        Name = name;
        Server = server;
        Handlers = shared ?? this;
        Everybody = new Selection(this, null, [], null, EmitOptions.Default);
        _serverEvents = new ServerEvents(this);
        Presence = new PresenceRooms(this);
    }

    /// <inheritdoc/>
    public string Name { get; }

    public AkkaChatServer Server { get; }

    /// <summary>Its handlers: its own, or those it shares with other dynamic namespaces.</summary>
    public HandlerRegistry Handlers { get; }

    /// <summary>All sockets of the namespace.</summary>
    public Selection Everybody { get; }

    /// <summary>The sockets of this node that are in it or about to be.</summary>
    public IEnumerable<Socket> Sockets => _sockets.Values;

    /// <summary>How many sockets of this node are in each room.</summary>
    public RoomCensus Census { get; } = new();

    /// <summary>The rooms in which sockets of this node are tracked.</summary>
    public PresenceRooms Presence { get; }

    /// <summary>Sockets that are in the namespace or about to be, on this node.</summary>
    public int SocketCount => _sockets.Count;

    public ArgumentSerializer Serializer => Server.Serializer;

    /// <summary>The way to the rooms. There is none before the server has started.</summary>
    public IRoomRouter Rooms => _rooms ?? throw new InvalidOperationException(
        "The server has not started yet. Emit from handlers, or after the host has started.");

    /// <inheritdoc/>
    public IBroadcaster Volatile => Everybody.Volatile;

    /// <inheritdoc/>
    public IBroadcaster Local => Everybody.Local;

    /// <inheritdoc/>
    public Socket? Find(string socketId) =>
        _sockets.GetValueOrDefault(socketId) is { Connected: true } socket ? socket : null;

    /// <inheritdoc/>
    public IBroadcaster To(params string[] rooms) => Everybody.To(rooms);

    /// <inheritdoc/>
    public IBroadcaster ToUser(params string[] userIds) => Everybody.ToUser(userIds);

    /// <inheritdoc/>
    public IBroadcaster Except(params string[] rooms) => Everybody.Except(rooms);

    /// <inheritdoc/>
    public IBroadcaster Compress(bool compress) => Everybody.Compress(compress);

    /// <inheritdoc/>
    public IBroadcaster WithTimeout(TimeSpan timeout) => Everybody.WithTimeout(timeout);

    /// <inheritdoc/>
    public Task EmitAsync(string eventName, params object?[] arguments) => Everybody.EmitAsync(eventName, arguments);

    /// <inheritdoc/>
    public Task<SocketCount> EmitCountedAsync(string eventName, params object?[] arguments) =>
        Everybody.EmitCountedAsync(eventName, arguments);

    /// <inheritdoc/>
    public Task<Gathered<CallOutcome<T>>> CallAsync<T>(string eventName, params object?[] arguments) =>
        Everybody.CallAsync<T>(eventName, arguments);

    /// <inheritdoc/>
    public Task<SocketCount> CountAsync(CancellationToken cancellationToken = default) => Everybody.CountAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Gathered<string>> SocketIdsAsync(CancellationToken cancellationToken = default) =>
        Everybody.SocketIdsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Gathered<RemoteSocket>> FetchSocketsAsync(CancellationToken cancellationToken = default) =>
        Everybody.FetchSocketsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task JoinAllAsync(params string[] rooms) => Everybody.JoinAllAsync(rooms);

    /// <inheritdoc/>
    public Task LeaveAllAsync(params string[] rooms) => Everybody.LeaveAllAsync(rooms);

    /// <inheritdoc/>
    public Task DisconnectAllAsync(bool close = false) => Everybody.DisconnectAllAsync(close);

    /// <inheritdoc/>
    public Task CloseRoomAsync(string room) => To(TargetName.CheckRoom(room)).LeaveAllAsync(room);

    /// <inheritdoc/>
    public IRoomLog LogOf(string room)
    {
        var name = CheckRoomText(room);
        return Server.Logs is { } logs ? new RoomLog(this, logs, name, null) : throw new InvalidOperationException(
            "The application has no store for room logs. Add one: builder.Services.AddMemoryRoomLogs(), or AddSqliteRoomLogs of "
            + "package AkkaChat.Stores.Sqlite, or AddPostgreSqlRoomLogs of package AkkaChat.Stores.PostgreSql.");
    }

    /// <inheritdoc/>
    public IRoomPresence PresenceOf(string room) => new RoomPresence(this, CheckRoomText(room));

    /// <inheritdoc/>
    public IDisposable OnRoomEvent(Action<RoomEvent> observer) => _roomObservers.Add(observer);

    /// <inheritdoc/>
    public INamespace OnServerEvent(string eventName, Func<EventArguments, Task<object?>> handler)
    {
        _serverEvents.Handle(eventName, handler);
        return this;
    }

    /// <inheritdoc/>
    public Task<Gathered<EventArguments>> EmitToServersAsync(string eventName, params object?[] arguments) =>
        _serverEvents.EmitAsync(eventName, arguments);

    /// <summary>What this node answers to an event of another one; null: nothing.</summary>
    public Task<ArgumentData?> AnswerServerEventAsync(string eventName, ArgumentData arguments) =>
        _serverEvents.AnswerAsync(eventName, arguments);

    /// <inheritdoc/>
    public Task<Gathered<RoomInfo>> RoomsAsync(
        string? after = null, int limit = RoomListing.DefaultLimit, string? prefix = null, CancellationToken cancellationToken = default) =>
        new RoomListing(this).ListAsync(after, limit, prefix ?? "", cancellationToken);

    /// <summary>Encodes an event and shows it to those who watch what goes out.</summary>
    public WirePacket EncodeEvent(string eventName, long? ackId, object?[]? arguments)
    {
        EventName.Check(eventName);
        arguments ??= [null]; // EmitAsync("x", null) is one argument, null.
        foreach (var observer in Handlers.Outgoing.All)
        {
            observer(eventName, arguments);
        }

        return Serializer.Event(Name, ackId, eventName, arguments);
    }

    /// <summary>
    /// Lets the application handle what its code has thrown; the result is the ack's value. Without an error handler it
    /// is logged, and the ack is as <c>error-ack</c> says.
    /// </summary>
    public async ValueTask<object?> OnErrorAsync(EventContext context, Exception exception)
    {
        if (context.Socket.Aborted.IsCancellationRequested
            && exception is SocketDisconnectedException or OperationCanceledException)
        {
            // The client went while its handler waited for it, which is nobody's failure.
            return Ack.None;
        }

        if ((Handlers.ErrorHandler ?? Server.AnyNamespace.ErrorHandler) is { } handler)
        {
            try
            {
                return await Server.Invoker.InvokeAsync(handler, new HandlerCall(context, Exception: exception));
            }
            catch (Exception second)
            {
                Server.Log.HandlerFailed(second, "error", Name, context.Socket.Id);
            }
        }

        Server.Log.HandlerFailed(exception, context.EventName, Name, context.Socket.Id);
        return Server.Settings.ErrorAck ? ErrorAck.Internal : Ack.None;
    }

    public void Start(IRoomRouter rooms) => _rooms = rooms;

    /// <summary>The namespace is gone, and its rooms with it.</summary>
    public void Stop() => _rooms?.Stop();

    /// <summary>Takes a socket into the list, before it is let in: it may join rooms from then on.</summary>
    public void Enlist(Socket socket) => _sockets[socket.Id] = socket;

    /// <summary>Takes a socket off the list, when it is out of all rooms.</summary>
    public void Delist(Socket socket)
    {
        _sockets.TryRemove(socket.Id, out _);
        Server.OnSocketGone(this);
    }

    /// <summary>Tells those who watch what has happened to a room of the application's.</summary>
    public void Observe(RoomEventKind kind, RoomName room, string? socketId)
    {
        if (room.Value is not { } name || TargetName.IsInternal(name))
        {
            return;
        }

        foreach (var observer in _roomObservers.All)
        {
            try
            {
                observer(new RoomEvent(kind, name, socketId));
            }
            catch (Exception exception)
            {
                // The room has nothing to do with it and goes on.
                Server.Log.RoomObserverFailed(exception, Name);
            }
        }
    }

    /// <summary>Who is in a room by the sockets' own lists: what a room that has failed starts again with.</summary>
    public IEnumerable<IRoomMember> Roster(RoomName room)
    {
        foreach (var (_, socket) in _sockets)
        {
            if (room.Value is null ? socket.Connected : ((IRoomMember)socket).IsIn(room.Value))
            {
                yield return socket;
            }
        }
    }

    private string CheckRoomText(string room) =>
        LogText.CheckRoom(TargetName.CheckRoom(room), Server.Settings.ProtocolLimits.MaxNameLength);
}
