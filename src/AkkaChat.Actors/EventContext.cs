using System.Security.Claims;

namespace AkkaChat;

/// <summary>
/// One event of a client on its way through middleware to its handler, or a connect or disconnect. Handlers may take
/// it as a parameter.
/// </summary>
public sealed class EventContext
{
    private Dictionary<string, object?>? _items;

    internal EventContext(Socket socket, string eventName, EventArguments arguments, bool wantsAck)
    {
        Socket = socket;
        EventName = eventName;
        Arguments = arguments;
        WantsAck = wantsAck;
    }

    /// <summary>The socket whose client sent the event.</summary>
    public Socket Socket { get; }

    /// <summary>The namespace the event came in, also in a handler for all namespaces.</summary>
    public INamespace Namespace => Socket.Namespace;

    /// <summary>The event's own name, also in a catch-all handler.</summary>
    public string EventName { get; }

    /// <summary>The event's arguments, as they came.</summary>
    public EventArguments Arguments { get; }

    /// <summary>Whether the client asked for an ack.</summary>
    public bool WantsAck { get; }

    /// <summary>Who the client is.</summary>
    public ClaimsPrincipal User => Socket.User;

    /// <summary>Whatever middleware wants to hand on to later middleware and the handler.</summary>
    public IDictionary<string, object?> Items => _items ??= new Dictionary<string, object?>(StringComparer.Ordinal);
}
