using System.Text.RegularExpressions;

namespace AkkaChat;

/// <summary>
/// The server: its main namespace, and the way to the others. <c>MapAkkaChat</c> returns it, and it can be injected
/// everywhere, so that controllers and background services emit too.
/// </summary>
public interface IAkkaChat : INamespace
{
    /// <summary>
    /// Handlers for all namespaces: they serve what a namespace has no handler of its own for. They do not make a
    /// namespace exist.
    /// </summary>
    IHandlerRegistry AnyNamespace { get; }

    /// <summary>
    /// The namespace of that name. Naming it makes it exist, so that clients may join it.
    /// </summary>
    /// <param name="name">The name; a missing leading slash is added.</param>
    INamespace Of(string name);

    /// <summary>
    /// Namespaces that come into being when a client asks for one: those whose names match. They share the handlers
    /// registered here.
    /// </summary>
    /// <param name="pattern">Matched with a time limit, so that no name can hold the server up.</param>
    IDynamicNamespace Of(Regex pattern);

    /// <summary>As <see cref="Of(Regex)"/>, by a rule of the application's.</summary>
    /// <param name="mayExist">Asked with the name and the auth payload of the client that wants to join.</param>
    IDynamicNamespace Of(Func<string, EventArgument, ValueTask<bool>> mayExist);

    /// <summary>Adds a class of handlers to the namespace that its <see cref="NamespaceAttribute"/> names.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <returns>The handlers' registry.</returns>
    /// <exception cref="InvalidOperationException">The class names no namespace, or a signature cannot be bound.</exception>
    IHandlerRegistry Add<T>()
        where T : SocketNamespace;

    /// <summary>
    /// Runs work in the background for as long as the server runs: it starts when the server has started, and its token
    /// is cancelled when the server stops. What it throws is logged.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <returns>Completes with the work.</returns>
    Task StartBackground(Func<CancellationToken, Task> work);
}
