using System.Collections.Concurrent;
using Akka.Actor;

namespace AkkaChat.Sharding;

/// <summary>The way to the <see cref="NodeRooms"/> of every node, by the node's name. Thread-safe.</summary>
internal sealed class NodeDirectory(ExtendedActorSystem system)
{
    /// <summary>Part of the wire: it is where the other nodes send.</summary>
    public const string ActorName = "akkachat-rooms";

    private readonly ConcurrentDictionary<string, IActorRef> _rooms = new(StringComparer.Ordinal);

    /// <summary>This node's own are not found by path, which would go through the whole tree each time.</summary>
    public void Add(string node, IActorRef rooms) => _rooms[node] = rooms;

    public IActorRef RoomsOf(string node) => _rooms.GetOrAdd(node, Resolve);

    public void Forget(string node) => _rooms.TryRemove(node, out _);

    private IActorRef Resolve(string node)
    {
        var end = node.LastIndexOf('#');
        return end > 0 && Address.TryParse(node[..end], out var address)
            ? system.Provider.ResolveActorRef(new RootActorPath(address) / "user" / ActorName)
            : system.DeadLetters;
    }
}
