using AkkaChat.Nodes;
using AkkaChat.Protocol;
using AkkaChat.Rooms;
using AkkaChat.Sockets;

namespace AkkaChat.Delivery;

/// <summary>
/// Which sockets of a namespace something concerns: all, or those in any of some rooms; less those in other rooms,
/// less the one that asks. Immutable.
/// </summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Names">Rooms and socket ids, each once; null is everybody.</param>
/// <param name="Exceptions">Rooms and socket ids that take a socket out.</param>
/// <param name="Self">The socket that asks, which is out; null if none.</param>
/// <param name="Options">How to send.</param>
internal sealed record Selection(
    Namespace Namespace, string[]? Names, string[] Exceptions, Socket? Self, EmitOptions Options) : IBroadcaster
{
    /// <summary>Whether only sockets of this node are meant.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether a socket could be reached in two ways.</summary>
    public bool HasSeveralTargets => Names is { Length: > 1 };

    /// <summary>The one room this concerns; null if there are several, or none.</summary>
    public RoomName? OnlyRoom => Names switch
    {
        null => RoomName.Everyone,
        [var name] when !SocketId.IsId(name) => new RoomName(name),
        _ => null,
    };

    private SelectedSockets Sockets => new(this);

    /// <inheritdoc/>
    public IBroadcaster Volatile => this with { Options = Options with { IsVolatile = true } };

    /// <inheritdoc/>
    public IBroadcaster Local => this with { IsLocal = true };

    /// <inheritdoc/>
    public IBroadcaster Compress(bool compress) => this with { Options = Options with { Compress = compress } };

    /// <inheritdoc/>
    public IBroadcaster WithTimeout(TimeSpan timeout) => this with { Options = Options with { Timeout = timeout } };

    /// <inheritdoc/>
    public IBroadcaster To(params string[] rooms) => this with { Names = Union(Names, TargetName.CheckAll(rooms)) };

    /// <summary>Adds all sockets of these users.</summary>
    public IBroadcaster ToUser(params string[] userIds) =>
        this with { Names = Union(Names, [.. TargetName.CheckAll(userIds).Select(TargetName.OfUser)]) };

    /// <inheritdoc/>
    public IBroadcaster Except(params string[] rooms) =>
        this with { Exceptions = Union(Exceptions, TargetName.CheckAll(rooms)) };

    /// <inheritdoc/>
    public Task EmitAsync(string eventName, params object?[] arguments) =>
        OperationScope.Run(new Publication(this, Encode(eventName, null, arguments)));

    /// <inheritdoc/>
    public async Task<SocketCount> EmitCountedAsync(string eventName, params object?[] arguments)
    {
        var emit = AccountedPublication.Emit(this, eventName, arguments);
        await emit.RunAsync();
        return await emit.CountAsync();
    }

    /// <inheritdoc/>
    public async Task<Gathered<CallOutcome<T>>> CallAsync<T>(string eventName, params object?[] arguments)
    {
        var call = AccountedPublication.Call(this, eventName, arguments);
        await call.RunAsync();
        return await call.CollectAsync<T>();
    }

    /// <inheritdoc/>
    public Task<SocketCount> CountAsync(CancellationToken cancellationToken = default) => Sockets.CountAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Gathered<string>> SocketIdsAsync(CancellationToken cancellationToken = default) => Sockets.IdsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Gathered<RemoteSocket>> FetchSocketsAsync(CancellationToken cancellationToken = default) =>
        Sockets.FetchAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task JoinAllAsync(params string[] rooms)
    {
        Array.ForEach(rooms, room => TargetName.CheckRoom(room));
        await Sockets.JoinAsync(rooms);
    }

    /// <inheritdoc/>
    public async Task LeaveAllAsync(params string[] rooms)
    {
        Array.ForEach(rooms, room => TargetName.CheckRoom(room));
        await Sockets.LeaveAsync(rooms);
    }

    /// <inheritdoc/>
    public Task DisconnectAllAsync(bool close = false) => Sockets.DisconnectAsync(close);

    /// <summary>Encodes an event as this selection sends it.</summary>
    public WirePacket Encode(string eventName, long? ackId, object?[] arguments)
    {
        var packet = Namespace.EncodeEvent(eventName, ackId, arguments);
        packet.Compress = Options.Compress;
        return packet;
    }

    /// <summary>The rooms whose actors have a part in this.</summary>
    public List<RoomName> TargetRooms()
    {
        if (Names is null)
        {
            return [RoomName.Everyone];
        }

        List<RoomName> rooms = new(Names.Length);
        foreach (var name in Names)
        {
            if (!SocketId.IsId(name))
            {
                rooms.Add(new RoomName(name));
            }
        }

        return rooms;
    }

    /// <summary>The sockets named by their ids, as far as they are here.</summary>
    public IEnumerable<Socket> TargetSockets()
    {
        foreach (var name in Names ?? [])
        {
            if (SocketId.IsId(name) && Namespace.Find(name) is { } socket)
            {
                yield return socket;
            }
        }
    }

    /// <summary>The ids of sockets of other nodes that are named, under the incarnations of these nodes.</summary>
    public IReadOnlyDictionary<string, List<string>> TargetsElsewhere()
    {
        Dictionary<string, List<string>> nodes = new(StringComparer.Ordinal);
        foreach (var name in Names ?? [])
        {
            if (SocketId.IncarnationOf(name) is not { } node || node == Namespace.Server.Incarnation)
            {
                continue;
            }

            if (!nodes.TryGetValue(node, out var ids))
            {
                ids = nodes[node] = [];
            }

            ids.Add(name);
        }

        return nodes;
    }

    /// <summary>
    /// Asks the other nodes that may have sockets of this selection: all of them, unless only ids are named.
    /// </summary>
    public async Task<PeerAnswers> AskOthersAsync(NodeRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        string[]? nodes = Names is null || Names.Any(name => !SocketId.IsId(name)) ? null : [.. TargetsElsewhere().Keys];
        return IsLocal || nodes is []
            ? PeerAnswers.None
            : PeerAnswers.Of(await Namespace.Server.Peers.AskAsync(request, nodes, limit, cancellationToken));
    }

    /// <summary>Whether a socket that one of the rooms reaches is taken out again.</summary>
    public bool Excludes(IRoomMember member)
    {
        if (ReferenceEquals(member, Self))
        {
            return true;
        }

        foreach (var name in Exceptions)
        {
            if (member.IsIn(name))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Union(string[]? names, string[] more) =>
        names is null or [] ? [.. more.Distinct(StringComparer.Ordinal)] : [.. names.Union(more, StringComparer.Ordinal)];
}
