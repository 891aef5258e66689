using System.Linq.Expressions;
using System.Reflection;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Handlers;

/// <summary>Decides by a parameter's type where its value comes from. One binder serves one signature.</summary>
internal sealed class ParameterBinder(HandlerKind kind, string owner, IServiceProviderIsService? services)
{
    private readonly NullabilityInfoContext _nullability = new();
    private int _nextArgument;

    /// <summary>Whether one of the parameters bound so far is a service.</summary>
    public bool NeedsServices { get; private set; }

    /// <param name="parameter">The method's parameter: its name, default and nullability.</param>
    /// <param name="type">What the delegate's type passes, which the method may take as a base type.</param>
    /// <param name="call">The call that values come from.</param>
    public Expression Bind(ParameterInfo parameter, Type type, ParameterExpression call)
    {
        if (type.IsByRef)
        {
            throw new InvalidOperationException($"{owner}: parameter '{parameter.Name}' is ref, in or out; pass it by value.");
        }

        Expression? known = BindContext(type, call);
        return known ?? BindService(type, call) ?? BindArgument(parameter, type, call);
    }

    private MemberExpression? BindContext(Type type, ParameterExpression call)
    {
        var context = Expression.Property(call, nameof(HandlerCall.Context));
        var socket = Expression.Property(context, nameof(EventContext.Socket));
        if (type == typeof(EventContext))
        {
            return context;
        }

        if (type == typeof(Socket))
        {
            return socket;
        }

        if (type == typeof(CancellationToken))
        {
            return Expression.Property(socket, nameof(Socket.Aborted));
        }

        if (type == typeof(INamespace))
        {
            return Expression.Property(socket, nameof(Socket.Namespace));
        }

        if (type == typeof(Handshake) || type == typeof(ClaimsPrincipal))
        {
            return Expression.Property(socket, type == typeof(Handshake) ? nameof(Socket.Handshake) : nameof(Socket.User));
        }

        return type == typeof(EventArguments) && kind != HandlerKind.Disconnect
            ? Expression.Property(call, nameof(HandlerCall.Arguments))
            : BindOutcome(type, call);
    }

    private MemberExpression? BindOutcome(Type type, ParameterExpression call)
    {
        if (kind == HandlerKind.Disconnect && type == typeof(string))
        {
            return Expression.Property(call, nameof(HandlerCall.Reason));
        }

        return kind == HandlerKind.Error && type == typeof(Exception)
            ? Expression.Property(call, nameof(HandlerCall.Exception))
            : null;
    }

    private MethodCallExpression? BindService(Type type, ParameterExpression call)
    {
        // The container has a sequence, if an empty one, of whatever is asked for; most sequences are arguments.
        var asked = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? type.GetGenericArguments()[0]
            : type;
        if (services?.IsService(asked) != true)
        {
            return null;
        }

        NeedsServices = true;
        return Expression.Call(call, nameof(HandlerCall.Service), [type]);
    }

    private MethodCallExpression BindArgument(ParameterInfo parameter, Type type, ParameterExpression call)
    {
        CheckArgument(parameter, type);
        var index = Expression.Constant(_nextArgument++);
        var name = Expression.Constant(parameter.Name ?? "");
        if (!MayBeMissing(parameter))
        {
            return Expression.Call(call, nameof(HandlerCall.Argument), [type], index, name);
        }

        Expression missing = parameter is { HasDefaultValue: true, DefaultValue: { } value }
            ? Expression.Convert(Expression.Constant(value), type)
            : Expression.Default(type);
        return Expression.Call(call, nameof(HandlerCall.ArgumentOr), [type], index, name, missing);
    }

    private bool MayBeMissing(ParameterInfo parameter) =>
        parameter.HasDefaultValue || _nullability.Create(parameter).WriteState == NullabilityState.Nullable;

    private void CheckArgument(ParameterInfo parameter, Type type)
    {
        var isImpossible = type.IsPointer || type.IsByRefLike || typeof(Delegate).IsAssignableFrom(type);
        var isTooMany = kind is HandlerKind.Disconnect or HandlerKind.Error || (kind == HandlerKind.Connect && _nextArgument > 0);
        if (isImpossible || isTooMany || IsUnregisteredService(type))
        {
            throw new InvalidOperationException(
                $"{owner}: parameter '{parameter.Name}' of type {type} cannot be bound. Accepted are Socket, EventContext, "
                + $"Handshake, INamespace, ClaimsPrincipal, CancellationToken, registered services{Accepted()}.");
        }
    }

    /// <summary>
    /// An interface that JSON cannot be read as is a service that nobody has registered; without this check each event
    /// would find out anew.
    /// </summary>
    private static bool IsUnregisteredService(Type type) =>
        type.IsInterface
        && type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) != true
        && !type.IsDefined(typeof(JsonConverterAttribute), inherit: false)
        && !type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false)
        && !type.IsDefined(typeof(JsonPolymorphicAttribute), inherit: false);

    private string Accepted() => kind switch
    {
        HandlerKind.Connect => ", and one parameter of any JSON type for the auth payload",
        HandlerKind.Disconnect => ", and a string for the reason",
        HandlerKind.Error => ", and an Exception",
        _ => ", EventArguments for all arguments, and parameters of any JSON type for one argument each",
    };
}
