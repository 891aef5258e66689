namespace AkkaChat.Handlers;

/// <summary>An application's handler, ready to be called.</summary>
/// <param name="Invoke">Binds the parameters and calls it; the result is the handler's, or <see cref="NoValue"/>.</param>
/// <param name="NeedsServices">Whether a call needs a service scope.</param>
/// <param name="Policy">Who may cause a call, as the authorizer understands it; null is everybody.</param>
/// <param name="Concurrency">How many runs may overlap for one socket; 1: it waits its turn among all handlers.</param>
internal sealed record BoundHandler(
    Func<HandlerCall, ValueTask<object?>> Invoke, bool NeedsServices, object? Policy, int Concurrency);
