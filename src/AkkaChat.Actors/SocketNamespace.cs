namespace AkkaChat;

/// <summary>
/// Base of classes whose methods are handlers. One instance serves one call, so its fields hold nothing from one event
/// to the next; keep that in <see cref="Socket.Items"/> or in services. What it emits stays in its own namespace.
/// </summary>
public abstract class SocketNamespace
{
    private EventContext? _context;

    /// <summary>The event that is handled.</summary>
    public EventContext Context
    {
        get => _context ?? throw new InvalidOperationException("There is an event only while a handler runs.");
        internal set => _context = value;
    }

    /// <summary>The socket whose event is handled.</summary>
    protected Socket Socket => Context.Socket;

    /// <summary>The namespace the event came in; to all of its sockets.</summary>
    protected INamespace Namespace => Context.Namespace;

    /// <summary>Everybody in the namespace but this socket.</summary>
    protected IBroadcaster Others => Socket.Broadcast;

    /// <summary>Sends an event to this client alone.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    protected Task ReplyAsync(string eventName, params object?[] arguments) => Socket.EmitAsync(eventName, arguments);

    /// <summary>All in any of these rooms, this socket too if it is in one.</summary>
    /// <param name="rooms">Names of rooms, or ids of sockets.</param>
    protected IBroadcaster To(params string[] rooms) => Namespace.To(rooms);

    /// <summary>Puts this socket into a room.</summary>
    /// <param name="room">The room's name.</param>
    protected Task JoinAsync(string room) => Socket.JoinAsync(room);

    /// <summary>Takes this socket out of a room.</summary>
    /// <param name="room">The room's name.</param>
    protected Task LeaveAsync(string room) => Socket.LeaveAsync(room);
}
