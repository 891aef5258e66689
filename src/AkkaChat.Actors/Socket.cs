using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using AkkaChat.Delivery;
using AkkaChat.Logs;
using AkkaChat.Logs.Clustered;
using AkkaChat.Protocol;
using AkkaChat.Rooms;
using AkkaChat.Sessions;
using AkkaChat.Sockets;

namespace AkkaChat;

/// <summary>
/// One client in one namespace. A client that joins several namespaces has a socket in each, over one connection.
/// All members can be used from any thread; after the disconnect they have no effect.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer and needs no disposal.")]
public sealed class Socket : IRoomMember
{
    private readonly SocketOutput _output;
    private readonly JoinedRooms _rooms;
    private readonly CredentialExpiry _credentials;
    private readonly AwaitedAcks _acks = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly Namespace _namespace;
    private readonly Session _session;
    private ConcurrentDictionary<string, object?>? _items;
    private volatile bool _isConnected;

    internal Socket(Namespace owner, Session session, Handshake handshake)
    {
        _namespace = owner;
        _session = session;
        Handshake = handshake;
        User = handshake.User;
        Id = SocketId.New(owner.Server.Incarnation);
        _output = new SocketOutput(session.Outbox);
        _credentials = new CredentialExpiry(owner, this, session);
        _rooms = new JoinedRooms(this, owner.Rooms, owner.Server.Settings.MaxRoomsPerSocket, owner.Census, owner.Presence);
    }

    /// <summary>
    /// The socket's id in its namespace, unguessable. Everybody can address the socket by it as if it were a room.
    /// </summary>
    public string Id { get; }

    /// <summary>The namespace the socket is in.</summary>
    public INamespace Namespace => _namespace;

    /// <summary>What is known from the request that opened the connection, and the auth payload.</summary>
    public Handshake Handshake { get; }

    /// <summary>
    /// Who the client is: from the request's authentication, until the application says otherwise, for instance by what
    /// a connect handler reads in the auth payload.
    /// </summary>
    public ClaimsPrincipal User { get; set; }

    /// <summary>The user's id, by which <c>ToUser</c> finds the socket; fixed when the client is let in.</summary>
    public string? UserId { get; private set; }

    /// <summary>How the connection is carried now: <c>polling</c> or <c>websocket</c>.</summary>
    public string Transport => _session.TransportName;

    /// <summary>Whether the client has been let in and has not left.</summary>
    public bool Connected => _isConnected;

    /// <summary>The rooms the socket is in now, without its own id.</summary>
    public IReadOnlyCollection<string> Rooms => WithoutInternal(_rooms.Snapshot());

    /// <summary>
    /// The rooms the socket was in when it disconnected, without its own id; none before. For disconnect handlers, which
    /// run when the socket is out of all rooms: <c>socket.To([.. socket.LeftRooms])</c> reaches those who remain.
    /// </summary>
    public IReadOnlyCollection<string> LeftRooms => WithoutInternal(_rooms.Left);

    /// <summary>The application's own data about this socket. Thread-safe, gone with the socket.</summary>
    public IDictionary<string, object?> Items => LazyInitializer.EnsureInitialized(
        ref _items, static () => new ConcurrentDictionary<string, object?>(1, 7, StringComparer.Ordinal));

    /// <summary>Cancelled when the socket disconnects.</summary>
    public CancellationToken Aborted => _aborted.Token;

    /// <summary>To send events without compression, where that is on.</summary>
    public SocketEmitter Uncompressed => new(this, EmitOptions.Default with { Compress = false });

    /// <summary>To send volatile events: dropped if they cannot be written at once.</summary>
    public SocketEmitter Volatile => new(this, EmitOptions.Default with { IsVolatile = true });

    /// <summary>Everybody in the namespace but this socket.</summary>
    public IBroadcaster Broadcast => new Selection(_namespace, null, [], this, EmitOptions.Default);

    /// <inheritdoc/>
    string IRoomMember.Id => Id;

    /// <summary>To wait another time for an ack than the server's <c>call-timeout</c>.</summary>
    /// <param name="timeout">How long to wait.</param>
    public SocketEmitter WithTimeout(TimeSpan timeout) => new(this, EmitOptions.Default with { Timeout = timeout });

    /// <summary>Those in any of these rooms, but not this socket.</summary>
    /// <param name="rooms">Names of rooms, or ids of sockets. None at all reaches nobody.</param>
    /// <exception cref="ArgumentException">A name is null or empty.</exception>
    public IBroadcaster To(params string[] rooms) => Broadcast.To(rooms);

    /// <summary>Everybody in the namespace but this socket and those in any of these rooms.</summary>
    /// <param name="rooms">Names of rooms, or ids of sockets.</param>
    /// <exception cref="ArgumentException">A name is null or empty.</exception>
    public IBroadcaster Except(params string[] rooms) => Broadcast.Except(rooms);

    /// <summary>Puts the socket into a room. Joining again changes nothing.</summary>
    /// <param name="room">Any text but the form of a socket id; compared ordinally.</param>
    /// <returns>Completes when the socket receives what is emitted to the room.</returns>
    /// <exception cref="ArgumentException">
    /// The name is empty, has the form of a socket id, or is longer than <c>max-name-length</c> (512 bytes).
    /// </exception>
    /// <exception cref="InvalidOperationException">The socket is in <c>max-rooms-per-socket</c> rooms already.</exception>
    public Task JoinAsync(string room) => OperationScope.Run(NewJoin(CheckLength(TargetName.CheckRoom(room))));

    /// <summary>Takes the socket out of a room. Leaving a room it is not in changes nothing.</summary>
    /// <param name="room">The room's name.</param>
    /// <returns>Completes when the socket receives nothing more from the room.</returns>
    /// <exception cref="ArgumentException">The name is empty, or has the form of a socket id.</exception>
    public Task LeaveAsync(string room) =>
        OperationScope.Run(new LeaveOperation(_rooms, TargetName.CheckRoom(room), _namespace.Server.Deadlines));

    /// <summary>Sends an event to this client.</summary>
    /// <param name="eventName">The event's name; reserved names are refused.</param>
    /// <param name="arguments">What to send; see <see cref="IBroadcaster.EmitAsync"/>.</param>
    /// <returns>Completes when the event is in the client's outbox: at once, unless an earlier operation of the same
    /// handler is still under way.</returns>
    public Task EmitAsync(string eventName, params object?[] arguments) => SendAsync(eventName, EmitOptions.Default, null, arguments);

    /// <summary>Sends an event to this client and waits for its ack, for <c>call-timeout</c> (60 s) at most.</summary>
    /// <typeparam name="T">The type of the ack's first argument; <see cref="EventArguments"/> for all of them.</typeparam>
    /// <param name="eventName">The event's name; reserved names are refused.</param>
    /// <param name="arguments">What to send; see <see cref="IBroadcaster.EmitAsync"/>.</param>
    /// <exception cref="TimeoutException">No ack came in time. A later one is ignored.</exception>
    /// <exception cref="SocketDisconnectedException">The client has disconnected.</exception>
    public Task<T> CallAsync<T>(string eventName, params object?[] arguments) =>
        CallAsync<T>(EmitOptions.Default, eventName, arguments);

    /// <summary>Disconnects the client from this namespace, by a DISCONNECT packet.</summary>
    /// <param name="close">Also from all its other namespaces, and closes the connection.</param>
    /// <returns>Completes when the socket has left.</returns>
    public Task DisconnectAsync(bool close = false) =>
        OperationScope.Run(new DisconnectOperation(this, _session, close));

    /// <summary>
    /// Says until when the client's credentials are good, such as the <c>exp</c> of a token. Then it must bring new ones
    /// (<see cref="IHandlerRegistry.OnAuthRefresh"/>), or its connection is closed.
    /// </summary>
    /// <param name="when">The time; null: they do not expire. The last call counts.</param>
    public void ExpireAt(DateTimeOffset? when) => _credentials.Set(when);

    /// <summary>Closes the connection at once, without a DISCONNECT packet, as if the network had failed.</summary>
    public void Abort() => _session.Close(CloseReason.TransportClose);

    /// <inheritdoc/>
    bool IRoomMember.Deliver(WirePacket packet, bool isVolatile) =>
        isVolatile ? _output.SendVolatile(packet) : _output.Send(packet);

    /// <inheritdoc/>
    void IRoomMember.DeliverLogged(WirePacket packet, LogMark mark)
    {
        var (isIn, place) = _rooms.PlaceIn(mark.Room);
        if (place is not null)
        {
            place.Deliver(mark.Position, packet);
        }
        else if (isIn)
        {
            _output.Send(packet);
        }
    }

    /// <inheritdoc/>
    bool IRoomMember.IsIn(string room) => _rooms.Contains(room) || string.Equals(room, Id, StringComparison.Ordinal);

    private static string[] WithoutInternal(IEnumerable<string> rooms) => [.. rooms.Where(room => !TargetName.IsInternal(room))];

    /// <summary>The name often comes from a client, and the server keeps it.</summary>
    private string CheckLength(string room)
    {
        var limit = _namespace.Server.Settings.ProtocolLimits.MaxNameLength;
        return System.Text.Encoding.UTF8.GetByteCount(room) <= limit
            ? room
            : throw new ArgumentException(
                $"The room's name has more than {limit} bytes, the most allowed (akkachat.max-name-length).", nameof(room));
    }

    /// <summary>A join that is to be started; the name has been checked.</summary>
    internal JoinOperation NewJoin(string room) => new(_rooms, room, _namespace.Server.Deadlines);

    internal Task SendAsync(string eventName, EmitOptions options, long? ackId, object?[] arguments)
    {
        var packet = _namespace.EncodeEvent(eventName, ackId, arguments);
        packet.Compress = options.Compress;
        return OperationScope.Run(new SendOperation(_output, packet, options.IsVolatile));
    }

    internal async Task<T> CallAsync<T>(EmitOptions options, string eventName, object?[] arguments)
    {
        var timeout = options.Timeout ?? _namespace.Server.Settings.CallTimeout;
        var (id, answer) = _acks.Add();
        try
        {
            await SendAsync(eventName, options with { IsVolatile = false }, id, arguments);
            var acked = await answer.WaitAsync(timeout, _namespace.Server.Time);
            return AckResult.As<T>(acked);
        }
        finally
        {
            _acks.Forget(id);
        }
    }

    /// <summary>Puts the socket into a room it is not in, behind packets that it gets before all that comes from the room.</summary>
    /// <returns>False if it cannot come in; the operation has failed then.</returns>
    internal bool JoinAfter(string room, IReadOnlyList<WirePacket> packets, Operation operation)
    {
        if (!_rooms.TryReserve(room, operation))
        {
            return false;
        }

        foreach (var packet in packets)
        {
            _output.Send(packet);
        }

        _rooms.CompleteJoin(room, operation);
        return true;
    }

    /// <summary>The places that it keeps in logs of rooms; on a node of a cluster only.</summary>
    internal IReadOnlyCollection<LogPlace> LogPlaces => _rooms.Places;

    /// <summary>Begins to come into a room it is not in, where it keeps a place in the log; completes when it is in, and gets nothing yet.</summary>
    internal Task EnterAsync(LogPlace place, Operation operation)
    {
        var joined = new Unawaited();
        if (_rooms.TryReserve(place.Room, operation, place))
        {
            _rooms.CompleteJoin(place.Room, joined);
        }
        else
        {
            joined.Done();
        }

        return joined.Task;
    }

    /// <summary>The join of that room has failed.</summary>
    internal void Undo(string room) => _rooms.Undo(room);

    /// <summary>The join at that place has failed.</summary>
    internal void Undo(LogPlace place) => _rooms.Undo(place);

    /// <summary>Sends what the socket gets by its place in a log.</summary>
    internal void SendLogged(WirePacket packet) => _output.Send(packet);

    internal void SendAck(long ackId, object?[] arguments) =>
        _output.Send(_namespace.Serializer.Ack(_namespace.Name, ackId, arguments));

    internal bool TryAwaitAck(long sharedId, out Task<EventArguments> answer) => _acks.TryAdd(sharedId, out answer);

    internal void ForgetAck(long id) => _acks.Forget(id);

    internal void OnAck(long ackId, EventArguments answer) => _acks.TryComplete(ackId, answer);

    /// <summary>
    /// Makes the client a member of its namespace, and one of its user's sockets. What is sent to these from then on waits
    /// until it has been let in.
    /// </summary>
    /// <returns>Completes when it is one.</returns>
    internal Task EnterAsync()
    {
        Unawaited namespaceJoined = new(), userJoined = new();
        _rooms.Enter(namespaceJoined);
        UserId = _namespace.Server.UserIdOf(this);
        if (string.IsNullOrEmpty(UserId))
        {
            return namespaceJoined.Task;
        }

        _rooms.Join(TargetName.OfUser(UserId), userJoined);
        return Task.WhenAll(namespaceJoined.Task, userJoined.Task);
    }

    /// <summary>
    /// Lets the client in. It is a member of its namespace before it can learn that it is connected, so that whatever
    /// is emitted because of that reaches it.
    /// </summary>
    internal void Open()
    {
        _isConnected = true;
        if (_namespace.Rooms.JoinsAtOnce)
        {
            _ = EnterAsync();
        }

        // A legacy client expects no id: it makes one up from its session's.
        var sid = _session.Dialect.IsLegacy ? null : Id;
        _output.Open(_namespace.Serializer.Format.Connect(_namespace.Name, sid));
    }

    /// <summary>Ends the socket's traffic: a last packet, if any, and nothing after it. True for the first call.</summary>
    internal bool TryCloseOutput(bool sayGoodbye) =>
        _output.TryClose(sayGoodbye ? _namespace.Serializer.Format.Disconnect(_namespace.Name) : null);

    /// <summary>Takes the socket out of its namespace and rooms, and ends all that waits for its client.</summary>
    internal void Leave()
    {
        _isConnected = false;
        TryCloseOutput(sayGoodbye: false);
        _rooms.Close();
        _namespace.Delist(this);
        _credentials.Dispose();
        _acks.Close();
        _ = _aborted.CancelAsync();
    }
}
