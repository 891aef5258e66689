namespace AkkaChat;

/// <summary>The namespace of a class of handlers, for <c>io.Add&lt;T&gt;()</c>.</summary>
/// <param name="name">The name, such as <c>/chat</c>; <c>*</c> is all namespaces.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NamespaceAttribute(string name) : Attribute
{
    /// <summary>The namespace's name.</summary>
    public string Name { get; } = name;
}

/// <summary>The method handles an event; see <see cref="IHandlerRegistry.On"/>.</summary>
/// <param name="eventName">The event's name; without one it is the method's, its first letter in lower case.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnAttribute(string? eventName = null) : Attribute
{
    /// <summary>The event's name; null is the method's.</summary>
    public string? EventName { get; } = eventName;
}

/// <summary>The method decides who may join; see <see cref="IHandlerRegistry.OnConnect"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnConnectAttribute : Attribute;

/// <summary>The method hears of a disconnect; see <see cref="IHandlerRegistry.OnDisconnect"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnDisconnectAttribute : Attribute;

/// <summary>The method handles what handlers throw; see <see cref="IHandlerRegistry.OnError"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnErrorAttribute : Attribute;

/// <summary>
/// The handler may run beside others of the same socket, up to a number of its own runs at once. Then the order of
/// effects is no longer the order of events.
/// </summary>
/// <param name="limit">How many runs of this handler may overlap for one socket; at least 1.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConcurrentAttribute(int limit = int.MaxValue) : Attribute
{
    /// <summary>How many runs may overlap.</summary>
    public int Limit { get; } = limit;
}
