using System.Diagnostics.CodeAnalysis;

namespace AkkaChat;

/// <summary>
/// Where handlers are registered, for one namespace or for several. Register while the application is set up.
/// </summary>
public interface IHandlerRegistry
{
    /// <summary>The event name of a catch-all handler: it gets every event that has no handler of its own.</summary>
    const string AnyEvent = "*";

    /// <summary>
    /// Handles an event. The handlers of one socket run one at a time, in the order in which the client sent, unless
    /// they carry <see cref="ConcurrentAttribute"/>.
    /// </summary>
    /// <param name="eventName">
    /// The event's name, or <see cref="AnyEvent"/>. A second handler for the same event replaces the first.
    /// </param>
    /// <param name="handler">
    /// Any delegate. Parameters are bound by type: <see cref="Socket"/>, <see cref="EventContext"/>,
    /// <see cref="EventArguments"/> (all, raw), <see cref="CancellationToken"/> (cancelled at disconnect),
    /// <see cref="INamespace"/>, <see cref="IAkkaChat"/>, <see cref="System.Security.Claims.ClaimsPrincipal"/>,
    /// registered services; every other parameter takes the event's next argument. A parameter that is nullable or has a
    /// default value may be missing. What the handler returns becomes the ack, if the client asked for one: nothing for
    /// <c>void</c> and <c>Task</c>, several values for a tuple or <see cref="EventArguments"/>; <see cref="Ack.None"/>
    /// sends none.
    /// </param>
    /// <returns>The same registry.</returns>
    /// <exception cref="InvalidOperationException">The signature cannot be bound; the message says what is accepted.</exception>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    IHandlerRegistry On(string eventName, Delegate handler);

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
    /// <returns>The same registry.</returns>
    /// <exception cref="InvalidOperationException">The signature cannot be bound.</exception>
    IHandlerRegistry OnConnect(Delegate handler);

    /// <summary>
    /// Runs after a socket has left, when it is out of all rooms (<see cref="Socket.LeftRooms"/> are those it was in). Its
    /// last handlers have ended by then.
    /// </summary>
    /// <param name="handler">Any delegate; a <c>string</c> parameter takes the reason.</param>
    /// <returns>The same registry.</returns>
    /// <exception cref="InvalidOperationException">The signature cannot be bound.</exception>
    IHandlerRegistry OnDisconnect(Delegate handler);

    /// <summary>
    /// Accepts new credentials during a connection. When the time set by <see cref="Socket.ExpireAt"/> comes, the client
    /// gets the event <c>auth:refresh</c> and answers it, by its ack, with a new auth payload; it may also send the event
    /// with the payload by itself at any time. Without a handler, without an answer within <c>auth-grace</c>, or if the
    /// handler refuses, the connection is closed.
    /// </summary>
    /// <param name="handler">
    /// Any delegate, as for <see cref="OnConnect"/>. If it accepts it sets the socket's user and the new time.
    /// </param>
    /// <returns>The same registry.</returns>
    /// <exception cref="InvalidOperationException">The signature cannot be bound.</exception>
    IHandlerRegistry OnAuthRefresh(Delegate handler);

    /// <summary>
    /// Handles what handlers and middleware throw, except <see cref="EventException"/>. What it returns becomes the ack
    /// in place of the failed handler's; nothing returned is an empty ack.
    /// </summary>
    /// <param name="handler">
    /// Any delegate; an <see cref="Exception"/> parameter takes the exception, an <see cref="EventContext"/> says which
    /// event it was, with its arguments.
    /// </param>
    /// <returns>The same registry.</returns>
    /// <exception cref="InvalidOperationException">The signature cannot be bound.</exception>
    IHandlerRegistry OnError(Delegate handler);

    /// <summary>
    /// Adds middleware around <see cref="OnConnect"/>: it runs for every client that wants to join, in the order of
    /// registration, and lets it go on by calling <c>next</c>. What it makes of <see cref="Socket.User"/> is what
    /// <see cref="RequireAuthorization"/> sees. Rooms that were joined are left if the answer is no.
    /// </summary>
    /// <param name="middleware">Gets the socket and the rest of the chain; its result is the decision.</param>
    /// <returns>The same registry.</returns>
    IHandlerRegistry Use(Func<Socket, Func<Task<Connect>>, Task<Connect>> middleware);

    /// <summary>
    /// Adds middleware around the handlers of events, in the order of registration, also for events nobody handles.
    /// </summary>
    /// <param name="middleware">
    /// Gets the event and the rest of the chain; its result is the ack's value in place of the handler's. Not calling
    /// <c>next</c> keeps the event from its handler; an <see cref="EventException"/> says so to the client.
    /// </param>
    /// <returns>The same registry.</returns>
    IHandlerRegistry UseEvent(Func<EventContext, Func<ValueTask<object?>>, ValueTask<object?>> middleware);

    /// <summary>Sees every event that comes in, before middleware, also those that are refused later.</summary>
    /// <param name="observer">Called in the order of the events of one socket; must not block.</param>
    /// <returns>Dispose it to stop.</returns>
    IDisposable OnAny(Action<EventContext> observer);

    /// <summary>Sees every event that is emitted: to one socket, or once for all that a broadcast reaches.</summary>
    /// <param name="observer">Gets the event's name and arguments, in the emitting thread; must not block.</param>
    /// <returns>Dispose it to stop.</returns>
    IDisposable OnAnyOutgoing(Action<string, IReadOnlyList<object?>> observer);

    /// <summary>
    /// Lets only those join whom ASP.NET Core authorization lets: authenticated users, or those that meet the policies.
    /// Asked after connect middleware and before the connect handler.
    /// </summary>
    /// <param name="policies">Names of policies, all of which must be met.</param>
    /// <returns>The same registry.</returns>
    /// <exception cref="InvalidOperationException">Authorization services are not registered.</exception>
    IHandlerRegistry RequireAuthorization(params string[] policies);

    /// <summary>
    /// Adds the handlers of a class: its public methods with <see cref="OnAttribute"/>,
    /// <see cref="OnConnectAttribute"/>, <see cref="OnDisconnectAttribute"/> or <see cref="OnErrorAttribute"/>. A
    /// handler registered by <see cref="On"/> wins over one of a class.
    /// </summary>
    /// <typeparam name="T">The class. One instance is made for each call, its constructor's parameters are services.</typeparam>
    /// <returns>The same registry.</returns>
    /// <exception cref="InvalidOperationException">A signature cannot be bound, or the class has no handlers.</exception>
    IHandlerRegistry AddHandlers<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : SocketNamespace;
}
