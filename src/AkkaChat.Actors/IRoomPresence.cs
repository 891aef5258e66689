namespace AkkaChat;

/// <summary>
/// Who is in a room, by what the application says of its sockets: each entry has a key, as a rule the user's id, and fields of
/// the application's. A person with several devices is one key with several entries. Clients that are tracked get the room's
/// state once, as the event <c>presence_state</c>, then each change, as <c>presence_diff</c>. Immutable and thread-safe;
/// <see cref="INamespace.PresenceOf"/> gives it.
/// </summary>
public interface IRoomPresence
{
    /// <summary>The room's name.</summary>
    string Room { get; }

    /// <summary>
    /// Shows a socket as present, and puts it into the room if it is not in it. Its client is sent the room's state, and from
    /// then on all changes, its own entry among them. It is taken off when the socket leaves the room or disconnects.
    /// Tracking again replaces the entry, and sends the state again.
    /// </summary>
    /// <param name="socket">A socket of the room's namespace. One that has disconnected is not tracked.</param>
    /// <param name="meta">
    /// What others are to know of it: what becomes an object in JSON, without binary, of 1 KiB at most, without a field
    /// <c>ref</c>. Null: nothing.
    /// </param>
    /// <param name="key">Who it is, of 1 to 512 bytes (<c>max-name-length</c>); null: its <see cref="Socket.UserId"/>.</param>
    /// <returns>
    /// Completes when the state is in the client's outbox. In a cluster the first socket of a node in the room waits for what
    /// the other nodes say, for a second at most; what comes later comes as a change.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The socket is of another namespace, has no user id and no key is given, or one of them is not as said above.
    /// </exception>
    /// <exception cref="InvalidOperationException">The socket is in <c>max-rooms-per-socket</c> rooms already.</exception>
    /// <exception cref="TimeoutException">The room did not take the join within <c>emit-timeout</c> (5 s).</exception>
    Task TrackAsync(Socket socket, object? meta = null, string? key = null);

    /// <summary>Changes what others know of a socket that is tracked. They see the old entry leave and the new one join.</summary>
    /// <param name="socket">The socket. One that has disconnected is passed over.</param>
    /// <param name="meta">All that others are to know from now on; see <see cref="TrackAsync"/>.</param>
    /// <exception cref="ArgumentException">The socket is of another namespace, or the fields are not as they must be.</exception>
    /// <exception cref="InvalidOperationException">The socket is connected, and not tracked in this room.</exception>
    Task UpdateAsync(Socket socket, object? meta);

    /// <summary>
    /// Takes a socket off that is tracked. It stays in the room, and its client still hears of the others. No effect on one that
    /// is not tracked.
    /// </summary>
    /// <param name="socket">The socket.</param>
    /// <exception cref="ArgumentException">The socket is of another namespace.</exception>
    Task UntrackAsync(Socket socket);

    /// <summary>Who is present, on all nodes, in the order of their keys. Nobody has to be tracked on this node.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The people, and the nodes that did not name theirs within <c>emit-timeout</c> (5 s). Those of other nodes are as they
    /// were told to clients, at most <c>presence.diff-interval</c> (100 ms) ago.
    /// </returns>
    Task<Gathered<Present>> ReadAsync(CancellationToken cancellationToken = default);
}
