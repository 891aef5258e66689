using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Handlers;

/// <summary>
/// Turns an application's delegate or method into a <see cref="BoundHandler"/>. The signature is looked at once, when
/// the handler is registered; mistakes in it fail there, and calls run compiled code.
/// </summary>
internal sealed class HandlerBinder(IServiceProviderIsService? services, IHandlerAuthorizer? authorizer)
{
    /// <summary>Binds a delegate.</summary>
    /// <exception cref="InvalidOperationException">The signature cannot be bound.</exception>
    public BoundHandler Bind(Delegate handler, HandlerKind kind, string owner)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var signature = new Signature(handler.Method, ParametersOf(handler), kind, owner);
        return Bind(signature, [], (_, arguments) => Expression.Invoke(Expression.Constant(handler), arguments));
    }

    /// <summary>Binds a method of a handler class; an instance is made for each call.</summary>
    /// <exception cref="InvalidOperationException">The signature cannot be bound.</exception>
    public BoundHandler Bind(Type type, MethodInfo method, HandlerKind kind, string owner)
    {
        var bound = Bind(
            new Signature(method, [.. method.GetParameters().Select(parameter => (parameter, parameter.ParameterType))], kind, owner),
            type.GetCustomAttributes(inherit: true),
            (call, arguments) => Expression.Call(
                Expression.Call(call, nameof(HandlerCall.Target), [type]), method, arguments));
        return bound with { NeedsServices = true };
    }

    private BoundHandler Bind(
        Signature signature,
        object[] moreAttributes,
        Func<ParameterExpression, IEnumerable<Expression>, Expression> toCall)
    {
        RefuseAsyncVoid(signature);
        var binder = new ParameterBinder(signature.Kind, signature.Owner, services);
        var call = Expression.Parameter(typeof(HandlerCall));
        var arguments = signature.Parameters.Select(parameter => binder.Bind(parameter.Method, parameter.Passed, call)).ToList();
        var body = HandlerResult.Of(toCall(call, arguments));
        return new BoundHandler(
            Expression.Lambda<Func<HandlerCall, ValueTask<object?>>>(body, call).Compile(),
            binder.NeedsServices,
            PolicyOf([.. signature.Method.GetCustomAttributes(inherit: true), .. moreAttributes], signature.Owner),
            signature.Method.GetCustomAttribute<ConcurrentAttribute>()?.Limit ?? 1);
    }

    private object? PolicyOf(IReadOnlyList<object> attributes, string owner)
    {
        if (authorizer is not null)
        {
            return authorizer.PolicyOf(attributes);
        }

        // By name, since this layer knows nothing of ASP.NET Core: left unnoticed it would let everybody in.
        return attributes.Any(attribute => attribute.GetType().Name == "AuthorizeAttribute")
            ? throw new InvalidOperationException(
                $"{owner}: it has [Authorize], but there is nothing that authorizes. Call builder.Services.AddAuthorization().")
            : null;
    }

    private static void RefuseAsyncVoid(Signature signature)
    {
        if (signature.Method.ReturnType == typeof(void)
            && signature.Method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            throw new InvalidOperationException(
                $"{signature.Owner}: the handler is async void, so nobody could wait for it and its exceptions would end "
                + "the process. Return Task.");
        }
    }

    /// <summary>
    /// Names, defaults and nullability stand on the method; what is to be passed is what the delegate's type says,
    /// without the target that a lambda's method may have in front.
    /// </summary>
    private static IReadOnlyList<(ParameterInfo, Type)> ParametersOf(Delegate handler)
    {
        var declared = handler.GetType().GetMethod(nameof(Action.Invoke))!.GetParameters();
        var actual = handler.Method.GetParameters();
        return [.. actual.TakeLast(declared.Length).Zip(declared, (parameter, passed) => (parameter, passed.ParameterType))];
    }

    private sealed record Signature(
        MethodInfo Method,
        IReadOnlyList<(ParameterInfo Method, Type Passed)> Parameters,
        HandlerKind Kind,
        string Owner);
}
