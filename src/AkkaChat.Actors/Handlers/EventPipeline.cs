namespace AkkaChat.Handlers;

/// <summary>
/// The way of one event through the application: observers, middleware, authorization, handler. Of several handlers the
/// most particular serves: its own event before the catch-all, its own namespace before all namespaces, a function
/// before a class.
/// </summary>
internal sealed class EventPipeline(HandlerInvoker invoker, HandlerRegistry anyNamespace)
{
    /// <summary>Which handler serves an event.</summary>
    public BoundHandler? Find(HandlerRegistry own, string eventName) =>
        own.Function(eventName)
        ?? own.Function(IHandlerRegistry.AnyEvent)
        ?? anyNamespace.Function(eventName)
        ?? anyNamespace.Function(IHandlerRegistry.AnyEvent)
        ?? own.Method(eventName)
        ?? own.Method(IHandlerRegistry.AnyEvent)
        ?? anyNamespace.Method(eventName)
        ?? anyNamespace.Method(IHandlerRegistry.AnyEvent);

    /// <summary>Runs it all; the result is the ack's value.</summary>
    public ValueTask<object?> RunAsync(HandlerRegistry own, BoundHandler? handler, EventContext context)
    {
        Observe(own, context);
        Observe(anyNamespace, context);
        return own.EventMiddleware.Count + anyNamespace.EventMiddleware.Count == 0
            ? HandleAsync(own, handler, context)
            : RunAsync([.. anyNamespace.EventMiddleware, .. own.EventMiddleware], 0, own, handler, context);
    }

    private static void Observe(HandlerRegistry registry, EventContext context)
    {
        foreach (var observer in registry.Incoming.All)
        {
            observer(context);
        }
    }

    private ValueTask<object?> RunAsync(
        Func<EventContext, Func<ValueTask<object?>>, ValueTask<object?>>[] middleware,
        int index,
        HandlerRegistry own,
        BoundHandler? handler,
        EventContext context) =>
        index == middleware.Length
            ? HandleAsync(own, handler, context)
            : middleware[index](context, () => RunAsync(middleware, index + 1, own, handler, context));

    private ValueTask<object?> HandleAsync(HandlerRegistry own, BoundHandler? handler, EventContext context)
    {
        if (handler is null)
        {
            return ValueTask.FromResult<object?>(Ack.None);
        }

        return handler.Policy is { } policy
            ? HandleAuthorizedAsync(own.Authorizer!, policy, handler, context)
            : invoker.InvokeAsync(handler, new HandlerCall(context));
    }

    private async ValueTask<object?> HandleAuthorizedAsync(
        IHandlerAuthorizer authorizer, object policy, BoundHandler handler, EventContext context)
    {
        if (!await authorizer.IsAllowedAsync(context.Socket, policy))
        {
            throw new EventException($"You may not send '{context.EventName}'.") { Code = "forbidden" };
        }

        return await invoker.InvokeAsync(handler, new HandlerCall(context));
    }
}
