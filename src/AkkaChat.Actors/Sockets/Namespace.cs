using System.Collections.Concurrent;
using AkkaChat.Delivery;
using AkkaChat.Handlers;
using AkkaChat.Protocol;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Rooms;
using AkkaChat.Serialization;

namespace AkkaChat.Sockets;

/// <summary>A namespace: its handlers, the sockets of this node in it, and the way to its rooms.</summary>
internal sealed class Namespace : INamespace
{
    private readonly ConcurrentDictionary<string, BoundHandler> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Socket> _sockets = new(StringComparer.Ordinal);
    private IRoomRouter? _rooms;

    public Namespace(string name, AkkaChatServer server)
    {
        Name = name;
        Server = server;
        Everybody = new Selection(this, null, [], null, false);
    }

    /// <inheritdoc/>
    public string Name { get; }

    public AkkaChatServer Server { get; }

    /// <summary>All sockets of the namespace.</summary>
    public Selection Everybody { get; }

    public ArgumentSerializer Serializer => Server.Serializer;

    /// <summary>The way to the rooms. There is none before the server has started.</summary>
    public IRoomRouter Rooms => _rooms ?? throw new InvalidOperationException(
        "The server has not started yet. Emit from handlers, or after the host has started.");

    public BoundHandler? ConnectHandler { get; private set; }

    public BoundHandler? DisconnectHandler { get; private set; }

    /// <inheritdoc/>
    public IBroadcaster Volatile => Everybody.Volatile;

    /// <inheritdoc/>
    public INamespace On(string eventName, Delegate handler)
    {
        CheckEventName(eventName);
        _handlers[eventName] = Bind(handler, HandlerKind.Event, $"Handler of '{eventName}' in namespace {Name}");
        return this;
    }

    /// <inheritdoc/>
    public INamespace OnConnect(Delegate handler)
    {
        ConnectHandler = Bind(handler, HandlerKind.Connect, $"Connect handler of namespace {Name}");
        return this;
    }

    /// <inheritdoc/>
    public INamespace OnDisconnect(Delegate handler)
    {
        DisconnectHandler = Bind(handler, HandlerKind.Disconnect, $"Disconnect handler of namespace {Name}");
        return this;
    }

    /// <inheritdoc/>
    public Socket? Find(string socketId) =>
        _sockets.GetValueOrDefault(socketId) is { Connected: true } socket ? socket : null;

    /// <inheritdoc/>
    public IBroadcaster To(params string[] rooms) => Everybody.To(rooms);

    /// <inheritdoc/>
    public IBroadcaster Except(params string[] rooms) => Everybody.Except(rooms);

    /// <inheritdoc/>
    public Task EmitAsync(string eventName, params object?[] arguments) => Everybody.EmitAsync(eventName, arguments);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SocketIdsAsync(CancellationToken cancellationToken = default) =>
        Everybody.SocketIdsAsync(cancellationToken);

    public BoundHandler? HandlerOf(string eventName) => _handlers.GetValueOrDefault(eventName);

    public WirePacket EncodeEvent(string eventName, long? ackId, object?[] arguments)
    {
        CheckEventName(eventName);
        return Serializer.Event(Name, ackId, eventName, arguments);
    }

    public void Start(IRoomRouter rooms) => _rooms = rooms;

    /// <summary>Takes a socket into the list, before it is let in: it may join rooms from then on.</summary>
    public void Enlist(Socket socket) => _sockets[socket.Id] = socket;

    /// <summary>Takes a socket off the list, when it is out of all rooms.</summary>
    public void Delist(Socket socket) => _sockets.TryRemove(socket.Id, out _);

    /// <summary>Makes a socket one of those that a broadcast to the namespace reaches.</summary>
    public void Join(Socket socket) =>
        Rooms.Tell(new RoomMessages.Join(RoomName.Everyone, socket, new Unawaited()));

    /// <summary>Ends what <see cref="Join"/> began.</summary>
    public void Leave(Socket socket) =>
        Rooms.Tell(new RoomMessages.Leave(RoomName.Everyone, socket, new Unawaited()));

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

    private static void CheckEventName(string eventName)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (ReservedEvents.Contains(eventName))
        {
            throw new ArgumentException(
                $"'{eventName}' is a reserved event name: clients use it for their own events. Choose another; for the "
                + "life of connections there are OnConnect and OnDisconnect.",
                nameof(eventName));
        }
    }

    private BoundHandler Bind(Delegate handler, HandlerKind kind, string owner) =>
        HandlerBinder.Bind(handler, kind, owner, Server.ServiceTypes);
}
