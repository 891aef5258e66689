using AkkaChat.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Handlers;

/// <summary>Calls handlers: with a service scope if they need one.</summary>
internal sealed class HandlerInvoker(IServiceProvider? services)
{
    /// <summary>
    /// Runs what the application does about one event, and returns when all that it has begun has taken effect.
    /// </summary>
    public static async ValueTask<T> InOrderAsync<TState, T>(TState state, Func<TState, ValueTask<T>> run)
    {
        var operations = new OperationScope();
        OperationScope.Current = operations;
        try
        {
            return await run(state);
        }
        finally
        {
            await operations.CloseAsync();
        }
    }

    /// <summary>Calls a handler and returns its result.</summary>
    public ValueTask<object?> InvokeAsync(BoundHandler handler, HandlerCall call) =>
        handler.NeedsServices ? InvokeScopedAsync(handler, call) : handler.Invoke(call);

    private async ValueTask<object?> InvokeScopedAsync(BoundHandler handler, HandlerCall call)
    {
        await using var scope = services!.CreateAsyncScope();
        var scoped = call with { Services = scope.ServiceProvider };
        try
        {
            return await handler.Invoke(scoped);
        }
        finally
        {
            await DisposeAsync(scoped.MadeTarget);
        }
    }

    private static async ValueTask DisposeAsync(object? target)
    {
        if (target is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync();
        }
        else
        {
            (target as IDisposable)?.Dispose();
        }
    }
}
