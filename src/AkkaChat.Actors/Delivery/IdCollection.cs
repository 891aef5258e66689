using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>Collects the ids of the sockets that a <see cref="Selection"/> names, each once.</summary>
internal sealed class IdCollection(Selection selection) : Operation
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override RoomName? Target => selection.OnlyRoom;

    /// <summary>The ids found. Complete once the operation is.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_gate)
            {
                return [.. _ids];
            }
        }
    }

    /// <inheritdoc/>
    public override void Start()
    {
        var rooms = selection.TargetRooms();
        Expect(rooms.Count + 1);
        foreach (var socket in selection.TargetSockets())
        {
            Offer(socket);
        }

        foreach (var room in rooms)
        {
            selection.Namespace.Rooms.Tell(new RoomMessages.CollectIds(room, this));
        }

        Done();
        selection.Namespace.Server.Deadlines.Watch(this);
    }

    /// <summary>Adds a member unless it is excepted.</summary>
    public void Offer(IRoomMember member)
    {
        if (selection.Excludes(member))
        {
            return;
        }

        lock (_gate)
        {
            _ids.Add(member.Id);
        }
    }
}
