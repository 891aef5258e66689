using System.Collections.Concurrent;
using Akka.Actor;
using AkkaChat.Dispatch;
using AkkaChat.Rooms;

namespace AkkaChat.Sockets;

/// <summary>The namespaces of a server: those the application named, and dynamic ones. Thread-safe.</summary>
internal sealed class NamespaceDirectory(AkkaChatServer server)
{
    private readonly ConcurrentDictionary<string, Namespace> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Namespace, DynamicNamespace> _parents = new();
    private readonly Lock _changing = new();
    private DynamicNamespace[] _dynamic = [];
    private Func<Namespace, IRoomRouter>? _rooms;

    /// <summary>Whether a name that is not there may still come into being.</summary>
    public bool HasDynamic => Volatile.Read(ref _dynamic).Length > 0;

    /// <summary>The names there are now.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>Those that there are now.</summary>
    public IEnumerable<Namespace> All => _byName.Values;

    /// <summary>The namespace of that name; null if there is none.</summary>
    public Namespace? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// The way to the rooms of a namespace that this node may not have: other nodes may. Clients do not come into it by this.
    /// </summary>
    public Namespace RoomsOf(string name)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        lock (_changing)
        {
            var unlisted = new Namespace(name, server);
            StartRooms(unlisted);
            return unlisted;
        }
    }

    /// <summary>Adds a namespace, or returns the one of that name.</summary>
    public Namespace GetOrAdd(string name, Func<Namespace> create)
    {
        if (_byName.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (_changing)
        {
            if (!_byName.TryGetValue(name, out known))
            {
                known = create();
                StartRooms(known);
                _byName[name] = known;
            }

            return known;
        }
    }

    public void Add(DynamicNamespace dynamic)
    {
        lock (_changing)
        {
            _dynamic = [.. _dynamic, dynamic];
        }
    }

    /// <summary>Asks the dynamic namespaces for one of that name, in the order of their registration.</summary>
    public async ValueTask<Namespace?> ResolveAsync(string name, EventArgument auth)
    {
        foreach (var dynamic in Volatile.Read(ref _dynamic))
        {
            if (await dynamic.MayExistAsync(name, auth))
            {
                return GetOrAdd(name, () => CreateChild(name, dynamic));
            }
        }

        return Find(name);
    }

    public IReadOnlyCollection<INamespace> ChildrenOf(DynamicNamespace dynamic) =>
        [.. _parents.Where(entry => entry.Value == dynamic).Select(entry => entry.Key)];

    /// <summary>Forgets a dynamic namespace in which nobody is left. It comes again when a client asks for it.</summary>
    public void RemoveIfEmpty(Namespace owner)
    {
        lock (_changing)
        {
            if (owner.SocketCount == 0 && _parents.TryRemove(owner, out _))
            {
                _byName.TryRemove(owner.Name, out _);
                owner.Stop();
            }
        }
    }

    /// <summary>Gives all namespaces their rooms, and every later one too.</summary>
    public void Start(ActorSystem system, Func<Namespace, IRoomRouter>? rooms)
    {
        lock (_changing)
        {
            _rooms = rooms ?? (owner => LocalRooms(system, owner));
            foreach (var (_, owner) in _byName)
            {
                StartRooms(owner);
            }
        }
    }

    private Namespace CreateChild(string name, DynamicNamespace dynamic)
    {
        var child = new Namespace(name, server, dynamic);
        _parents[child] = dynamic;
        return child;
    }

    private void StartRooms(Namespace owner)
    {
        if (_rooms is not null)
        {
            owner.Start(_rooms(owner));
        }
    }

    private static LocalRoomRouter LocalRooms(ActorSystem system, Namespace owner)
    {
        var props = NamespaceActor.Props(owner).WithDispatcher(BatchingDispatcher.Id);
        return new LocalRoomRouter(system, system.ActorOf(props));
    }
}
