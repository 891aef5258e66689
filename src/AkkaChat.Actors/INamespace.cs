namespace AkkaChat;

/// <summary>
/// A namespace: handlers of its own, rooms of its own, and as a broadcaster all its sockets. Register handlers while
/// the application is set up; emit from anywhere once it runs. Thread-safe.
/// </summary>
public interface INamespace : IBroadcaster
{
    /// <summary>The name, which begins with a slash; <c>/</c> is the main namespace.</summary>
    string Name { get; }

    /// <summary>
    /// Handles an event. The handlers of one socket run one at a time, in the order in which the client sent.
    /// </summary>
    /// <param name="eventName">The event's name. A second handler for the same event replaces the first.</param>
    /// <param name="handler">
    /// Any delegate. Parameters are bound by type: <see cref="Socket"/>, <see cref="EventArguments"/> (all, raw),
    /// <see cref="CancellationToken"/> (cancelled at disconnect), <see cref="INamespace"/>, <see cref="IAkkaChat"/>,
    /// <see cref="System.Security.Claims.ClaimsPrincipal"/>, registered services; every other parameter takes the
    /// event's next argument. A parameter that is nullable or has a default value may be missing. What the handler
    /// returns becomes the ack, if the client asked for one: nothing for <c>void</c> and <c>Task</c>, several values
    /// for a tuple or <see cref="EventArguments"/>.
    /// </param>
    /// <returns>The same namespace.</returns>
    /// <exception cref="InvalidOperationException">The signature cannot be bound; the message says what was accepted.</exception>
    INamespace On(string eventName, Delegate handler);

    /// <summary>
    /// Decides who may join. Without a handler everybody may. The client sees the answer before any event. A client that
    /// goes away meanwhile never was connected: <see cref="OnDisconnect"/> does not hear of it, but
    /// <see cref="Socket.Aborted"/> is cancelled.
    /// </summary>
    /// <param name="handler">
    /// Any delegate; a parameter that is neither a socket nor a service takes the client's auth payload. It accepts by
    /// returning nothing, <c>true</c> or <see cref="Connect.Accept"/>; it refuses by returning <c>false</c> or
    /// <see cref="Connect.Refuse(string)"/>, or by throwing.
    /// </param>
    /// <returns>The same namespace.</returns>
    /// <exception cref="InvalidOperationException">The signature cannot be bound.</exception>
    INamespace OnConnect(Delegate handler);

    /// <summary>
    /// Runs after a socket has left, when it is out of all rooms. Its last handlers have ended by then.
    /// </summary>
    /// <param name="handler">Any delegate; a <c>string</c> parameter takes the reason.</param>
    /// <returns>The same namespace.</returns>
    /// <exception cref="InvalidOperationException">The signature cannot be bound.</exception>
    INamespace OnDisconnect(Delegate handler);

    /// <summary>The connected socket with that id; null if there is none on this node.</summary>
    /// <param name="socketId">A socket's id in this namespace.</param>
    Socket? Find(string socketId);
}
