namespace AkkaChat;

/// <summary>
/// A namespace: handlers of its own, rooms of its own, and as a broadcaster all its sockets. Register handlers while
/// the application is set up; emit from anywhere once it runs. Thread-safe.
/// </summary>
public interface INamespace : IHandlerRegistry, IBroadcaster
{
    /// <summary>The name, which begins with a slash; <c>/</c> is the main namespace.</summary>
    string Name { get; }

    /// <summary>
    /// All sockets of one user, on all devices: those whose user has that id (see <c>UserId</c> in the options).
    /// </summary>
    /// <param name="userIds">Ids of users. None at all reaches nobody.</param>
    /// <exception cref="ArgumentException">An id is null or empty.</exception>
    IBroadcaster ToUser(params string[] userIds);

    /// <summary>
    /// Lists the rooms of the namespace that have members, over all nodes, a page at a time: names in ordinal order, with
    /// the number of their members. Each node looks once through its own rooms, holding no more than the page.
    /// </summary>
    /// <param name="after">Only names behind this one, the last of the page before; null: from the first.</param>
    /// <param name="limit">How many at most, from 1 to 1000.</param>
    /// <param name="prefix">Only names that begin with it; null: all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The page; a shorter one than asked for is the last. Rooms and members of nodes that did not answer within
    /// <c>emit-timeout</c> (5 s) are missing, and these nodes are named.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    Task<Gathered<RoomInfo>> RoomsAsync(
        string? after = null, int limit = 100, string? prefix = null, CancellationToken cancellationToken = default);

    /// <summary>The connected socket with that id; null if there is none on this node.</summary>
    /// <param name="socketId">A socket's id in this namespace.</param>
    Socket? Find(string socketId);

    /// <summary>Empties a room: all its members leave it, and hear nothing of it.</summary>
    /// <param name="room">The room's name.</param>
    /// <returns>Completes when they have left, on all nodes.</returns>
    /// <exception cref="ArgumentException">The name is empty, or has the form of a socket id.</exception>
    /// <exception cref="TimeoutException">
    /// A room did not take it within <c>emit-timeout</c> (5 s), or a node did not answer; all others have done it.
    /// </exception>
    Task CloseRoomAsync(string room);

    /// <summary>
    /// The log of a room, which makes it durable: what is published by the log is stored, has a position, and can be caught up.
    /// What is emitted otherwise reaches the room's members too, but is in no log.
    /// </summary>
    /// <param name="room">The room's name.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, has the form of a socket id, is longer than <c>max-name-length</c> (512 bytes), or is no valid text.
    /// </exception>
    /// <exception cref="InvalidOperationException">The application has no store for logs, such as <c>AddMemoryRoomLogs</c> adds.</exception>
    IRoomLog LogOf(string room);

    /// <summary>
    /// Who is present in a room: what the application says of sockets in it, told to their clients as a state and then as
    /// changes, over all nodes.
    /// </summary>
    /// <param name="room">The room's name.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, has the form of a socket id, is longer than <c>max-name-length</c> (512 bytes), or is no valid text.
    /// </exception>
    IRoomPresence PresenceOf(string room);

    /// <summary>Sees rooms come and go, and sockets join and leave them.</summary>
    /// <param name="observer">Called by the rooms, one event of one room after the other; must not block. What it throws is logged.</param>
    /// <returns>Dispose it to stop.</returns>
    IDisposable OnRoomEvent(Action<RoomEvent> observer);

    /// <summary>
    /// Handles an event that other nodes send to this one by <see cref="EmitToServersAsync"/>.
    /// </summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="handler">
    /// Gets the arguments; its result is the answer to the node that asks: null is one argument, a tuple several. If it
    /// throws, that is logged here, and there is no answer.
    /// </param>
    /// <returns>The same namespace.</returns>
    INamespace OnServerEvent(string eventName, Func<EventArguments, Task<object?>> handler);

    /// <summary>
    /// Sends an event to all other nodes of the cluster, not to clients, and collects an answer from each. A node alone
    /// has nobody to send to, and gets no answers. A node that does not have the namespace, that has no handler, or whose
    /// handler throws, gives no answer and is not missed.
    /// </summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    /// <returns>The answers, and the nodes whose handlers did not end within <c>call-timeout</c> (60 s).</returns>
    Task<Gathered<EventArguments>> EmitToServersAsync(string eventName, params object?[] arguments);
}
