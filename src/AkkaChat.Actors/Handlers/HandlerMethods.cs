using System.Reflection;

namespace AkkaChat.Handlers;

/// <summary>A method of a handler class, and what it handles.</summary>
internal sealed record HandlerMethod(MethodInfo Method, HandlerKind Kind, string EventName);

/// <summary>Finds the handlers in a class: its public methods that carry one of the attributes, and no others.</summary>
internal static class HandlerMethods
{
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static IReadOnlyList<HandlerMethod> Of(Type type)
    {
        List<HandlerMethod> found = [];
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
        {
            found.AddRange(Of(method));
        }

        return found.Count > 0
            ? found
            : throw new InvalidOperationException(
                $"{type} has no handlers: no public method with [On], [OnConnect], [OnDisconnect] or [OnError].");
    }

    private static IEnumerable<HandlerMethod> Of(MethodInfo method)
    {
        foreach (var on in method.GetCustomAttributes<OnAttribute>(inherit: true))
        {
            yield return new HandlerMethod(method, HandlerKind.Event, on.EventName ?? NameOf(method));
        }

        if (method.IsDefined(typeof(OnConnectAttribute), inherit: true))
        {
            yield return new HandlerMethod(method, HandlerKind.Connect, "connect");
        }

        if (method.IsDefined(typeof(OnDisconnectAttribute), inherit: true))
        {
            yield return new HandlerMethod(method, HandlerKind.Disconnect, "disconnect");
        }

        if (method.IsDefined(typeof(OnErrorAttribute), inherit: true))
        {
            yield return new HandlerMethod(method, HandlerKind.Error, "error");
        }
    }

    private static string NameOf(MethodInfo method) => char.ToLowerInvariant(method.Name[0]) + method.Name[1..];
}
