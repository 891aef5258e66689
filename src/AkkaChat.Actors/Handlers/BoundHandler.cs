namespace AkkaChat.Handlers;

/// <summary>An application's delegate, ready to be called.</summary>
/// <param name="Invoke">Binds the parameters and calls it; the result is the delegate's, or <see cref="NoValue"/>.</param>
/// <param name="NeedsServices">Whether a call needs a service scope.</param>
internal sealed record BoundHandler(Func<HandlerCall, ValueTask<object?>> Invoke, bool NeedsServices);
