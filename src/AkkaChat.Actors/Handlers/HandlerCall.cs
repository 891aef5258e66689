using System.Text.Json;

namespace AkkaChat.Handlers;

/// <summary>One call of a handler: what its parameters are bound from.</summary>
/// <param name="Socket">The socket it is about.</param>
/// <param name="EventName">The event's name, or what stands for it in messages.</param>
/// <param name="Arguments">The JSON and binary arguments.</param>
/// <param name="Services">Where services come from: a scope of this call's own, if the handler needs any.</param>
/// <param name="Reason">Why the socket left, in a disconnect handler.</param>
internal sealed record HandlerCall(
    Socket Socket, string EventName, EventArguments Arguments, IServiceProvider? Services, string? Reason)
{
    /// <summary>Reads the argument at that place for the parameter of that name.</summary>
    /// <exception cref="ArgumentBindingException">It is missing, or does not fit.</exception>
    public T Argument<T>(int index, string parameter)
    {
        if (index >= Arguments.Count)
        {
            throw new ArgumentBindingException(
                $"Event '{EventName}' has {Arguments.Count} argument(s), but parameter '{parameter}' needs argument "
                + $"{index + 1}. Make the parameter nullable or give it a default value if it may be missing.");
        }

        return Read<T>(index, parameter);
    }

    /// <summary>As <see cref="Argument{T}"/>, with a value for a missing argument.</summary>
    public T ArgumentOr<T>(int index, string parameter, T missing) =>
        index < Arguments.Count ? Read<T>(index, parameter) : missing;

    /// <summary>A service of the call's scope.</summary>
    public T Service<T>()
        where T : notnull =>
        (T)(Services?.GetService(typeof(T)) ?? throw new InvalidOperationException($"No service {typeof(T)} is registered."));

    private T Read<T>(int index, string parameter)
    {
        var argument = Arguments[index];
        if (argument is T raw)
        {
            return raw;
        }

        try
        {
            return argument.As<T>()!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ArgumentBindingException(
                $"Argument {index + 1} of event '{EventName}' is no {typeof(T).Name}, as parameter '{parameter}' needs: "
                + exception.Message,
                exception);
        }
    }
}
