namespace AkkaChat;

/// <summary>Namespaces that share their handlers and come into being when clients ask for them.</summary>
public interface IDynamicNamespace : IHandlerRegistry
{
    /// <summary>Those that exist now.</summary>
    IReadOnlyCollection<INamespace> Children { get; }

    /// <summary>Sends an event to all sockets of all of them.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="arguments">What to send.</param>
    Task EmitAsync(string eventName, params object?[] arguments);
}
