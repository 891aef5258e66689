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

    /// <summary>The connected socket with that id; null if there is none on this node.</summary>
    /// <param name="socketId">A socket's id in this namespace.</param>
    Socket? Find(string socketId);

    /// <summary>Empties a room: all its members leave it, and hear nothing of it.</summary>
    /// <param name="room">The room's name.</param>
    /// <returns>Completes when they have left.</returns>
    /// <exception cref="ArgumentException">The name is empty, or has the form of a socket id.</exception>
    Task CloseRoomAsync(string room);

    /// <summary>Sees rooms come and go, and sockets join and leave them.</summary>
    /// <param name="observer">Called by the rooms, one event of one room after the other; must not block. What it throws is logged.</param>
    /// <returns>Dispose it to stop.</returns>
    IDisposable OnRoomEvent(Action<RoomEvent> observer);

    /// <summary>
    /// Handles an event that other nodes send to this one by <see cref="EmitToServersAsync"/>.
    /// </summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="handler">Gets the arguments; its result is the answer to the node that asks.</param>
    /// <returns>The same namespace.</returns>
    INamespace OnServerEvent(string eventName, Func<EventArguments, Task<object?>> handler);

    /// <summary>
    /// Sends an event to all other nodes of the cluster, not to clients, and collects an answer from each. A node alone
    /// has nobody to send to, and gets no answers.
    /// </summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    Task<IReadOnlyList<EventArguments>> EmitToServersAsync(string eventName, params object?[] arguments);
}
