using AkkaChat.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Handlers;

/// <summary>
/// Calls handlers: with a service scope if they need one, with a scope for their operations, and until all of these
/// have taken effect.
/// </summary>
internal sealed class HandlerInvoker(IServiceProvider? services)
{
    /// <summary>Calls a handler and returns its result when all that it has begun has taken effect.</summary>
    public async ValueTask<object?> InvokeAsync(BoundHandler handler, HandlerCall call)
    {
        var operations = new OperationScope();
        OperationScope.Current = operations;
        try
        {
            return handler.NeedsServices
                ? await InvokeScopedAsync(handler, call)
                : await handler.Invoke(call);
        }
        finally
        {
            await operations.CloseAsync();
        }
    }

    private async ValueTask<object?> InvokeScopedAsync(BoundHandler handler, HandlerCall call)
    {
        await using var scope = services!.CreateAsyncScope();
        return await handler.Invoke(call with { Services = scope.ServiceProvider });
    }
}
