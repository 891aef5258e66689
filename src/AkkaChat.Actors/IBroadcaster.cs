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

    /// <summary>The same, but only to sockets of this node. A node alone has no others.</summary>
    IBroadcaster Local { get; }

    /// <summary>
    /// The same, with a hint whether the event is worth compressing. It matters where compression is on.
    /// </summary>
    /// <param name="compress">Whether to compress; true is the default.</param>
    IBroadcaster Compress(bool compress);

    /// <summary>The same, with another time limit for acks than <c>call-timeout</c>.</summary>
    /// <param name="timeout">How long to wait for each client's ack.</param>
    IBroadcaster WithTimeout(TimeSpan timeout);

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
    /// Completes when the event has its place in the room's order and is in the outbox of every member on this node, and of
    /// every socket that was named by its id, wherever that is.
    /// </returns>
    /// <exception cref="TimeoutException">
    /// The room, or the node of a socket that was named by its id, did not take it within <c>emit-timeout</c> (5 s).
    /// </exception>
    Task EmitAsync(string eventName, params object?[] arguments);

    /// <summary>
    /// Sends an event and says how many sockets have got it, on all nodes: in how many outboxes it is. A volatile one that
    /// was dropped does not count. It has its place in the order of its room, as any emit; the answer takes one more question
    /// to every node.
    /// </summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    /// <returns>The number, and the nodes that did not say theirs within <c>emit-timeout</c> (5 s).</returns>
    /// <exception cref="TimeoutException">The room did not take it within <c>emit-timeout</c> (5 s).</exception>
    Task<SocketCount> EmitCountedAsync(string eventName, params object?[] arguments);

    /// <summary>
    /// Sends an event to all and collects the ack of each. It completes as soon as the outcome of every recipient is
    /// settled: a client that leaves counts at once as disconnected, and only one that stays silent uses the time up.
    /// </summary>
    /// <typeparam name="T">The type of the acks' first argument; <see cref="EventArguments"/> for all of them.</typeparam>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    /// <returns>
    /// One outcome for each recipient, none if there is nobody. A node that does not answer until a second after the time
    /// limit is named, and the outcomes of its sockets are missing.
    /// </returns>
    /// <exception cref="TimeoutException">The room did not take it within <c>emit-timeout</c> (5 s).</exception>
    Task<Gathered<CallOutcome<T>>> CallAsync<T>(string eventName, params object?[] arguments);

    /// <summary>How many sockets this names.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number, and the nodes that did not say theirs within <c>emit-timeout</c> (5 s).</returns>
    /// <exception cref="TimeoutException">A room of this node did not answer within <c>emit-timeout</c>.</exception>
    Task<SocketCount> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>The sockets that this names, as they are now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The sockets, and the nodes that did not name theirs within <c>emit-timeout</c> (5 s).</returns>
    /// <exception cref="TimeoutException">A room of this node did not answer within <c>emit-timeout</c>.</exception>
    Task<Gathered<RemoteSocket>> FetchSocketsAsync(CancellationToken cancellationToken = default);

    /// <summary>Puts all of them into these rooms.</summary>
    /// <param name="rooms">Names of rooms.</param>
    /// <exception cref="ArgumentException">A name is empty, or has the form of a socket id.</exception>
    /// <exception cref="TimeoutException">
    /// A room did not take it within <c>emit-timeout</c> (5 s), or a node did not answer; all others have done it.
    /// </exception>
    Task JoinAllAsync(params string[] rooms);

    /// <summary>Takes all of them out of these rooms.</summary>
    /// <param name="rooms">Names of rooms.</param>
    /// <exception cref="ArgumentException">A name is empty, or has the form of a socket id.</exception>
    /// <exception cref="TimeoutException">
    /// A room did not take it within <c>emit-timeout</c> (5 s), or a node did not answer; all others have done it.
    /// </exception>
    Task LeaveAllAsync(params string[] rooms);

    /// <summary>Disconnects all of them from the namespace.</summary>
    /// <param name="close">Also from all their other namespaces, and closes their connections.</param>
    /// <exception cref="TimeoutException">
    /// A room did not take it within <c>emit-timeout</c> (5 s), or a node did not answer; all others have done it.
    /// </exception>
    Task DisconnectAllAsync(bool close = false);

    /// <summary>The ids of the sockets that this names, in no particular order.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The ids, and the nodes that did not name theirs within <c>emit-timeout</c> (5 s).</returns>
    /// <exception cref="TimeoutException">A room of this node did not answer within <c>emit-timeout</c>.</exception>
    Task<Gathered<string>> SocketIdsAsync(CancellationToken cancellationToken = default);
}
