using System.Collections.Concurrent;

namespace AkkaChat.Handlers;

/// <summary>The handlers, middleware and observers of one namespace, or of several that share them.</summary>
internal class HandlerRegistry : IHandlerRegistry
{
    /// <summary>The event by which client and server agree on new credentials.</summary>
    public const string RefreshEvent = "auth:refresh";

    private readonly HandlerBinder _binder;
    private readonly string _label;
    private readonly ConcurrentDictionary<string, BoundHandler> _functions = new(1, 7, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BoundHandler> _methods = new(1, 3, StringComparer.Ordinal);

    public HandlerRegistry(HandlerBinder binder, IHandlerAuthorizer? authorizer, string label)
    {
        _binder = binder;
        Authorizer = authorizer;
        _label = label;
    }

    public IHandlerAuthorizer? Authorizer { get; }

    public BoundHandler? ConnectHandler { get; private set; }

    public BoundHandler? DisconnectHandler { get; private set; }

    public BoundHandler? ErrorHandler { get; private set; }

    /// <summary>Accepts new credentials, or throws <see cref="EventException"/>.</summary>
    public BoundHandler? RefreshHandler { get; private set; }

    /// <summary>Who may join, as the authorizer understands it; null is everybody.</summary>
    public object? Policy { get; private set; }

    public IReadOnlyList<Func<Socket, Func<Task<Connect>>, Task<Connect>>> ConnectMiddleware { get; private set; } = [];

    public IReadOnlyList<Func<EventContext, Func<ValueTask<object?>>, ValueTask<object?>>> EventMiddleware
    {
        get;
        private set;
    } = [];

    public Observers<Action<EventContext>> Incoming { get; } = new();

    public Observers<Action<string, IReadOnlyList<object?>>> Outgoing { get; } = new();

    /// <inheritdoc/>
    public IHandlerRegistry On(string eventName, Delegate handler)
    {
        EventName.Check(eventName);
        _functions[eventName] = _binder.Bind(handler, HandlerKind.Event, LabelOf(eventName));
        return this;
    }

    /// <inheritdoc/>
    public IHandlerRegistry OnConnect(Delegate handler)
    {
        ConnectHandler = _binder.Bind(handler, HandlerKind.Connect, $"Connect handler of {_label}");
        return this;
    }

    /// <inheritdoc/>
    public IHandlerRegistry OnDisconnect(Delegate handler)
    {
        DisconnectHandler = _binder.Bind(handler, HandlerKind.Disconnect, $"Disconnect handler of {_label}");
        return this;
    }

    /// <inheritdoc/>
    public IHandlerRegistry OnAuthRefresh(Delegate handler)
    {
        var bound = _binder.Bind(handler, HandlerKind.Connect, $"Auth refresh handler of {_label}");
        RefreshHandler = bound with { Invoke = call => AcceptAsync(bound, call) };
        _functions[RefreshEvent] = RefreshHandler;
        return this;
    }

    /// <inheritdoc/>
    public IHandlerRegistry OnError(Delegate handler)
    {
        ErrorHandler = _binder.Bind(handler, HandlerKind.Error, $"Error handler of {_label}");
        return this;
    }

    /// <inheritdoc/>
    public IHandlerRegistry Use(Func<Socket, Func<Task<Connect>>, Task<Connect>> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        ConnectMiddleware = [.. ConnectMiddleware, middleware];
        return this;
    }

    /// <inheritdoc/>
    public IHandlerRegistry UseEvent(Func<EventContext, Func<ValueTask<object?>>, ValueTask<object?>> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        EventMiddleware = [.. EventMiddleware, middleware];
        return this;
    }

    /// <inheritdoc/>
    public IDisposable OnAny(Action<EventContext> observer) => Incoming.Add(observer);

    /// <inheritdoc/>
    public IDisposable OnAnyOutgoing(Action<string, IReadOnlyList<object?>> observer) => Outgoing.Add(observer);

    /// <inheritdoc/>
    public IHandlerRegistry RequireAuthorization(params string[] policies)
    {
        Policy = Authorizer?.PolicyOf(policies) ?? throw new InvalidOperationException(
            $"{_label} asks for authorization, but there is nothing that authorizes. Call "
            + "builder.Services.AddAuthorization().");
        return this;
    }

    /// <inheritdoc/>
    public IHandlerRegistry AddHandlers<T>()
        where T : SocketNamespace
    {
        foreach (var method in HandlerMethods.Of(typeof(T)))
        {
            var bound = _binder.Bind(typeof(T), method.Method, method.Kind, $"{typeof(T).Name}.{method.Method.Name}");
            switch (method.Kind)
            {
                case HandlerKind.Connect:
                    ConnectHandler ??= bound;
                    break;
                case HandlerKind.Disconnect:
                    DisconnectHandler ??= bound;
                    break;
                case HandlerKind.Error:
                    ErrorHandler ??= bound;
                    break;
                default:
                    EventName.Check(method.EventName);
                    _methods[method.EventName] = bound;
                    break;
            }
        }

        return this;
    }

    /// <summary>The handler that was registered for an event by itself.</summary>
    public BoundHandler? Function(string eventName) => _functions.GetValueOrDefault(eventName);

    /// <summary>The method of a class for an event.</summary>
    public BoundHandler? Method(string eventName) => _methods.GetValueOrDefault(eventName);

    private static async ValueTask<object?> AcceptAsync(BoundHandler handler, HandlerCall call)
    {
        var answer = await handler.Invoke(call);
        return answer is false or Connect { IsAccepted: false }
            ? throw new EventException((answer as Connect)?.Message ?? "The new credentials are not accepted.")
            {
                Code = "forbidden",
            }
            : NoValue.Instance;
    }

    private string LabelOf(string eventName) => $"Handler of '{eventName}' in {_label}";
}
