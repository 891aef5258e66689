using System.Collections.Concurrent;
using Akka.Actor;

namespace AkkaChat.Membership;

/// <summary>The way to the actor of one name on every node, by the node's name. Thread-safe.</summary>
/// <param name="system">The actor system.</param>
/// <param name="actorName">The actor's name, right below <c>/user</c>: part of the wire, for it is where other nodes send.</param>
internal sealed class NodeDirectory(ExtendedActorSystem system, string actorName)
{
    private readonly ConcurrentDictionary<string, IActorRef> _actors = new(StringComparer.Ordinal);

    /// <summary>This node's own are not found by path, which would go through the whole tree each time.</summary>
    public void Add(string node, IActorRef actor) => _actors[node] = actor;

    public IActorRef Of(string node) => _actors.GetOrAdd(node, Resolve);

    public void Forget(string node) => _actors.TryRemove(node, out _);

    private IActorRef Resolve(string node)
    {
        var end = node.LastIndexOf('#');
        return end > 0 && Address.TryParse(node[..end], out var address)
            ? system.Provider.ResolveActorRef(new RootActorPath(address) / "user" / actorName)
            : system.DeadLetters;
    }
}
