using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Handlers;

/// <summary>
/// Turns an application's delegate into a <see cref="BoundHandler"/>. The signature is looked at once, when the handler
/// is registered; mistakes in it fail there, and calls run compiled code.
/// </summary>
internal static class HandlerBinder
{
    public static BoundHandler Bind(
        Delegate handler, HandlerKind kind, string owner, IServiceProviderIsService? services)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (handler.Method.ReturnType == typeof(void)
            && handler.Method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute)))
        {
            throw new InvalidOperationException(
                $"{owner}: the handler is async void, so nobody could wait for it and its exceptions would end the "
                + "process. Return Task.");
        }

        var binder = new ParameterBinder(kind, owner, services);
        var call = Expression.Parameter(typeof(HandlerCall));
        var arguments = new List<Expression>();
        foreach (var (parameter, type) in ParametersOf(handler))
        {
            arguments.Add(binder.Bind(parameter, type, call));
        }

        var body = ToResult(Expression.Invoke(Expression.Constant(handler), arguments));
        var invoke = Expression.Lambda<Func<HandlerCall, ValueTask<object?>>>(body, call).Compile();
        return new BoundHandler(invoke, binder.NeedsServices);
    }

    /// <summary>
    /// Names, defaults and nullability stand on the method; what is to be passed is what the delegate's type says,
    /// without the target that a lambda's method may have in front.
    /// </summary>
    private static IEnumerable<(ParameterInfo Parameter, Type Type)> ParametersOf(Delegate handler)
    {
        var declared = handler.GetType().GetMethod(nameof(Action.Invoke))!.GetParameters();
        var actual = handler.Method.GetParameters();
        return actual.TakeLast(declared.Length).Zip(declared, (parameter, passed) => (parameter, passed.ParameterType));
    }

    private static Expression ToResult(InvocationExpression call)
    {
        var type = call.Type;
        if (type == typeof(void))
        {
            return Expression.Block(call, Expression.Call(typeof(HandlerBinder), nameof(Nothing), null));
        }

        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return Expression.Call(typeof(HandlerBinder), nameof(AwaitNothing), null, AsValueTask(call));
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(Task<>) || definition == typeof(ValueTask<>)))
        {
            return Expression.Call(
                typeof(HandlerBinder), nameof(AwaitResult), type.GetGenericArguments(), AsValueTask(call));
        }

        return Expression.Call(
            typeof(ValueTask), nameof(ValueTask.FromResult), [typeof(object)], Expression.Convert(call, typeof(object)));
    }

    private static Expression AsValueTask(InvocationExpression call)
    {
        if (call.Type == typeof(ValueTask) || call.Type.Name.StartsWith("ValueTask", StringComparison.Ordinal))
        {
            return call;
        }

        var target = call.Type == typeof(Task)
            ? typeof(ValueTask)
            : typeof(ValueTask<>).MakeGenericType(call.Type.GetGenericArguments());
        return Expression.New(target.GetConstructor([call.Type])!, call);
    }

    private static ValueTask<object?> Nothing() => ValueTask.FromResult<object?>(NoValue.Instance);

    private static async ValueTask<object?> AwaitNothing(ValueTask task)
    {
        await task;
        return NoValue.Instance;
    }

    private static async ValueTask<object?> AwaitResult<T>(ValueTask<T> task) => await task;
}
