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
    /// <summary>Whether a socket could be reached in two ways.</summary>
    public bool HasSeveralTargets => Names is { Length: > 1 };

    /// <summary>The one room this concerns; null if there are several, or none.</summary>
    public RoomName? OnlyRoom => Names switch
    {
        null => RoomName.Everyone,
        [var name] when !SocketId.IsId(name) => new RoomName(name),
        _ => null,
    };

    /// <inheritdoc/>
    public IBroadcaster Volatile => this with { Options = Options with { IsVolatile = true } };

    /// <inheritdoc/>
    /// <remarks>All sockets are on this node.</remarks>
    public IBroadcaster Local => this;

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
    public Task EmitAsync(string eventName, params object?[] arguments)
    {
        var packet = Namespace.EncodeEvent(eventName, null, arguments);
        packet.Compress = Options.Compress;
        return OperationScope.Run(new Publication(this, packet));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CallOutcome<T>>> CallAsync<T>(string eventName, params object?[] arguments)
    {
        var call = new BroadcastCall(this, eventName, arguments);
        await OperationScope.Run(call);
        return await call.CollectAsync<T>();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SocketIdsAsync(CancellationToken cancellationToken = default) =>
        [.. (await CollectAsync(cancellationToken)).Select(socket => socket.Id)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RemoteSocket>> FetchSocketsAsync(CancellationToken cancellationToken = default) =>
        [.. (await CollectAsync(cancellationToken)).Select(socket => new RemoteSocket(socket))];

    /// <inheritdoc/>
    public async Task JoinAllAsync(params string[] rooms)
    {
        Array.ForEach(rooms, room => TargetName.CheckRoom(room));
        foreach (var socket in await CollectAsync(CancellationToken.None))
        {
            await Task.WhenAll(rooms.Select(socket.JoinAsync));
        }
    }

    /// <inheritdoc/>
    public async Task LeaveAllAsync(params string[] rooms)
    {
        Array.ForEach(rooms, room => TargetName.CheckRoom(room));
        foreach (var socket in await CollectAsync(CancellationToken.None))
        {
            await Task.WhenAll(rooms.Select(socket.LeaveAsync));
        }
    }

    /// <inheritdoc/>
    public async Task DisconnectAllAsync(bool close = false)
    {
        foreach (var socket in await CollectAsync(CancellationToken.None))
        {
            await socket.DisconnectAsync(close);
        }
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

    private async Task<IReadOnlyCollection<Socket>> CollectAsync(CancellationToken cancellationToken)
    {
        var collection = new SocketCollection(this);
        await OperationScope.Run(collection).WaitAsync(cancellationToken);
        return collection.Sockets;
    }

    private static string[] Union(string[]? names, string[] more) =>
        names is null or [] ? [.. more.Distinct(StringComparer.Ordinal)] : [.. names.Union(more, StringComparer.Ordinal)];
}
