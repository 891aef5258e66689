namespace AkkaChat;

/// <summary>
/// Names a set of sockets of one namespace and sends to them. Immutable: every member returns a new value, so a
/// broadcaster can be kept and shared between threads.
/// </summary>
public interface IBroadcaster
{
    /// <summary>
    /// The same, but volatile: a packet is dropped for a client to which it cannot be written at once.
    /// </summary>
    IBroadcaster Volatile { get; }

    /// <summary>
    /// Only the sockets in any of these rooms; repeated calls add rooms. A socket in several of them is reached once.
    /// </summary>
    /// <param name="rooms">Names of rooms, or ids of sockets. None at all reaches nobody.</param>
    /// <exception cref="ArgumentException">A name is null or empty.</exception>
    IBroadcaster To(params string[] rooms);

    /// <summary>Not the sockets that are in any of these rooms; wins over <see cref="To"/>.</summary>
    /// <param name="rooms">Names of rooms, or ids of sockets.</param>
    /// <exception cref="ArgumentException">A name is null or empty.</exception>
    IBroadcaster Except(params string[] rooms);

    /// <summary>
    /// Sends an event. The packet is encoded once, in the calling thread. All members of a room see what is emitted
    /// to it in one order.
    /// </summary>
    /// <param name="eventName">The event's name; reserved names (such as <c>connect</c>) are refused.</param>
    /// <param name="arguments">
    /// What to send: JSON by System.Text.Json; <c>byte[]</c> and <c>ReadOnlyMemory&lt;byte&gt;</c> travel as binary
    /// attachments at any depth; <see cref="EventArguments"/> is spread into its arguments.
    /// </param>
    /// <returns>
    /// Completes when the event has its place in the room's order and is in the outbox of every member on this node.
    /// </returns>
    /// <exception cref="TimeoutException">The room did not take it within <c>emit-timeout</c> (5 s).</exception>
    Task EmitAsync(string eventName, params object?[] arguments);

    /// <summary>The ids of the sockets that this names, in no particular order.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">A room did not answer within <c>emit-timeout</c> (5 s).</exception>
    Task<IReadOnlyList<string>> SocketIdsAsync(CancellationToken cancellationToken = default);
}
