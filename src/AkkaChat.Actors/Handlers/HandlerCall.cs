using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Handlers;

/// <summary>One call of a handler: what its parameters are bound from.</summary>
/// <param name="Context">The event, or what stands for it.</param>
/// <param name="Services">Where services come from: a scope of this call's own, if the handler needs any.</param>
/// <param name="Reason">Why the socket left, in a disconnect handler.</param>
/// <param name="Exception">What was thrown, in an error handler.</param>
internal sealed record HandlerCall(
    EventContext Context, IServiceProvider? Services = null, string? Reason = null, Exception? Exception = null)
{
    private object? _target;

    public EventArguments Arguments => Context.Arguments;

    /// <summary>The instance of a handler class that was made for this call; null if none was.</summary>
    public object? MadeTarget => _target;

    /// <summary>Makes the instance of a handler class that serves this call.</summary>
    public T Target<T>()
        where T : SocketNamespace
    {
        var target = ActivatorUtilities.CreateInstance<T>(Services!);
        target.Context = Context;
        _target = target;
        return target;
    }

    /// <summary>Reads the argument at that place for the parameter of that name.</summary>
    /// <exception cref="ArgumentBindingException">It is missing, or does not fit.</exception>
    public T Argument<T>(int index, string parameter)
    {
        if (index >= Arguments.Count)
        {
            throw new ArgumentBindingException(
                $"Event '{Context.EventName}' has {Arguments.Count} argument(s), but parameter '{parameter}' needs argument "
                + $"{index + 1}. Make the parameter nullable or give it a default value if it may be missing.",
                $"Argument {index + 1} is missing.");
        }

        return Read<T>(index, parameter);
    }

    /// <summary>As <see cref="Argument{T}"/>, with a value for a missing argument.</summary>
    public T ArgumentOr<T>(int index, string parameter, T missing) =>
        index < Arguments.Count ? Read<T>(index, parameter) : missing;

    /// <summary>A service of the call's scope.</summary>
    public T Service<T>()
        where T : notnull =>
        Services!.GetRequiredService<T>();

    private T Read<T>(int index, string parameter)
    {
        var argument = Arguments[index];
        if (argument is T raw)
        {
            return raw;
        }

        try
        {
            var value = argument.As<T>()!;
            ArgumentValidation.Check(value, Context.EventName, index);
            return value;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ArgumentBindingException(
                $"Argument {index + 1} of event '{Context.EventName}' is no {typeof(T).Name}, as parameter '{parameter}' "
                + $"needs: {exception.Message}",
                $"Argument {index + 1} is not of the kind that '{Context.EventName}' takes.",
                exception);
        }
    }
}
