using AkkaChat.Delivery;
using AkkaChat.Logs;
using AkkaChat.Nodes;
using AkkaChat.Sockets;

namespace AkkaChat.Presence;

/// <summary>The presence of one room, as applications see it.</summary>
internal sealed record RoomPresence(Namespace Owner, string Room) : IRoomPresence
{
    private PresenceRooms Rooms => Owner.Presence;

    /// <inheritdoc/>
    public Task TrackAsync(Socket socket, object? meta = null, string? key = null)
    {
        CheckSocket(socket);
        var who = CheckKey(key ?? UserIdOf(socket));
        var fields = PresenceJson.Fields(meta, Owner.Serializer);
        return OperationScope.Run(new TrackOperation(Rooms, socket, Room, who, fields));
    }

    /// <inheritdoc/>
    public Task UpdateAsync(Socket socket, object? meta)
    {
        CheckSocket(socket);
        var fields = PresenceJson.Fields(meta, Owner.Serializer);
        return OperationScope.Run(new PresenceOperation(() => Update(socket, fields)));
    }

    /// <inheritdoc/>
    public Task UntrackAsync(Socket socket)
    {
        CheckSocket(socket);
        return OperationScope.Run(new PresenceOperation(() => Rooms.Untrack(socket.Id, Room)));
    }

    /// <inheritdoc/>
    public async Task<Gathered<Present>> ReadAsync(CancellationToken cancellationToken = default)
    {
        var request = new NodeRequest.PresencePull([new PresenceKey(Owner.Name, Room)]);
        var replies = await Owner.Server.Peers.AskAsync(request, null, Owner.Server.Settings.EmitTimeout, cancellationToken);
        var answers = PeerAnswers.Of(replies);
        var there = answers.Replies.OfType<NodeReply.Presence>().SelectMany(page => page.Snapshots).SelectMany(piece => piece.Entries);
        var here = Rooms.Find(Room)?.Here() ?? [];
        return new Gathered<Present>(PresenceJson.People(here.Concat(there), Owner.Serializer), answers.Missing);
    }

    private void Update(Socket socket, ReadOnlyMemory<byte> fields)
    {
        if (!Rooms.TryUpdate(socket.Id, Room, fields) && socket.Connected)
        {
            throw new InvalidOperationException($"The socket is not tracked in the room '{Room}'.");
        }
    }

    /// <summary>In a connect handler it has not been fixed yet.</summary>
    private string UserIdOf(Socket socket) =>
        (socket.UserId ?? Owner.Server.UserIdOf(socket)) is { Length: > 0 } id
            ? id
            : throw new ArgumentException("The socket has no user id, so a key has to be given.", nameof(socket));

    private void CheckSocket(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (!ReferenceEquals(socket.Namespace, Owner))
        {
            throw new ArgumentException($"The socket is in namespace {socket.Namespace.Name}, the room in {Owner.Name}.", nameof(socket));
        }
    }

    private string CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return LogText.Check(key, Owner.Server.Settings.ProtocolLimits.MaxNameLength, "The key", nameof(key));
    }
}
