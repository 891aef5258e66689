using System.Text.RegularExpressions;
using AkkaChat.Handlers;

namespace AkkaChat.Sockets;

/// <summary>Namespaces that come into being when clients ask for them, and share the handlers registered here.</summary>
internal sealed class DynamicNamespace(
    AkkaChatServer server, string label, Func<string, EventArgument, ValueTask<bool>> mayExist)
    : HandlerRegistry(server.Binder, server.Authorizer, label), IDynamicNamespace
{
    /// <summary>How long matching one name against a pattern may take.</summary>
    public static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public IReadOnlyCollection<INamespace> Children => server.ChildrenOf(this);

    /// <inheritdoc/>
    public Task EmitAsync(string eventName, params object?[] arguments) =>
        Task.WhenAll(Children.Select(child => child.EmitAsync(eventName, arguments)));

    /// <summary>Whether a namespace of that name may come into being. What the rule throws is a no.</summary>
    public async ValueTask<bool> MayExistAsync(string name, EventArgument auth)
    {
        try
        {
            return await mayExist(name, auth);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
        catch (Exception exception)
        {
            server.Log.DynamicNamespaceFailed(exception, name);
            return false;
        }
    }
}
