using System.Text.RegularExpressions;

namespace AkkaChat.Sockets;

/// <summary>The main namespace, which applications hold as the server.</summary>
internal sealed class MainNamespace(AkkaChatServer server) : Namespace("/", server), IAkkaChat
{
    /// <inheritdoc/>
    public IHandlerRegistry AnyNamespace => Server.AnyNamespace;

    /// <inheritdoc/>
    public INamespace Of(string name) => Server.Of(name);

    /// <inheritdoc/>
    public IDynamicNamespace Of(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var limited = new Regex(pattern.ToString(), pattern.Options & ~RegexOptions.Compiled, DynamicNamespace.MatchLimit);
        return Server.AddDynamic($"namespaces {pattern}", (name, _) => ValueTask.FromResult(limited.IsMatch(name)));
    }

    /// <inheritdoc/>
    public IDynamicNamespace Of(Func<string, EventArgument, ValueTask<bool>> mayExist)
    {
        ArgumentNullException.ThrowIfNull(mayExist);
        return Server.AddDynamic("dynamic namespaces", mayExist);
    }

    /// <inheritdoc/>
    public IHandlerRegistry Add<T>()
        where T : SocketNamespace
    {
        if (Attribute.GetCustomAttribute(typeof(T), typeof(NamespaceAttribute)) is not NamespaceAttribute { Name: var name })
        {
            throw new InvalidOperationException(
                $"{typeof(T)} names no namespace. Give it [Namespace(\"/name\")], or add it by io.Of(name).AddHandlers<T>().");
        }

        IHandlerRegistry registry = name == "*" ? Server.AnyNamespace : Of(name);
        return registry.AddHandlers<T>();
    }

    /// <inheritdoc/>
    public Task StartBackground(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Server.Background.Start(work);
    }
}
