using System.Linq.Expressions;

namespace AkkaChat.Handlers;

/// <summary>Makes one shape of all that handlers may return: nothing, a value, or a task of either.</summary>
internal static class HandlerResult
{
    public static Expression Of(Expression call)
    {
        var type = call.Type;
        if (type == typeof(void))
        {
            return Expression.Block(call, Expression.Call(typeof(HandlerResult), nameof(Nothing), null));
        }

        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return Expression.Call(typeof(HandlerResult), nameof(AwaitNothing), null, AsValueTask(call));
        }

        return IsTaskOfValue(type)
            ? Expression.Call(typeof(HandlerResult), nameof(AwaitValue), type.GetGenericArguments(), AsValueTask(call))
            : Expression.Call(
                typeof(ValueTask), nameof(ValueTask.FromResult), [typeof(object)], Expression.Convert(call, typeof(object)));
    }

    private static bool IsTaskOfValue(Type type) =>
        type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static Expression AsValueTask(Expression call)
    {
        var type = call.Type;
        if (type.IsValueType)
        {
            return call;
        }

        var target = type == typeof(Task) ? typeof(ValueTask) : typeof(ValueTask<>).MakeGenericType(type.GetGenericArguments());
        return Expression.New(target.GetConstructor([type])!, call);
    }

    private static ValueTask<object?> Nothing() => ValueTask.FromResult<object?>(NoValue.Instance);

    private static async ValueTask<object?> AwaitNothing(ValueTask task)
    {
        await task;
        return NoValue.Instance;
    }

    private static async ValueTask<object?> AwaitValue<T>(ValueTask<T> task) => await task;
}
