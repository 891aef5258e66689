using System.Collections.Concurrent;
using AkkaChat.Rooms;
using AkkaChat.Sockets;

namespace AkkaChat.Presence;

/// <summary>The rooms of a namespace in which sockets of this node are tracked. Thread-safe.</summary>
internal sealed class PresenceRooms(Namespace owner)
{
    /// <summary>So long the first socket waits for other nodes; what they say later comes as a change.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, PresenceRoom> _rooms = new(1, 7, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IEnumerable<PresenceRoom> All => _rooms.Values;

    private PresenceHub Hub => owner.Server.Presence;

    /// <summary>The room of that name; null if nobody is tracked there.</summary>
    public PresenceRoom? Find(string room) => _rooms.GetValueOrDefault(room);

    /// <summary>Tracks a socket that is in the room, and tells its client the state.</summary>
    public async Task TrackAsync(IRoomMember member, string name, string key, ReadOnlyMemory<byte> fields)
    {
        var entry = PresenceJson.Entry(Hub.NewRef(), key, fields);
        var room = Enter(member, name, entry);
        Hub.Changed(room);
        if (!member.IsIn(name))
        {
            // It has left before there was an entry that could have left with it.
            Leave(room, member.Id, entry.Ref);
            return;
        }

        await room.WhenComplete().WaitAsync(LongestWait, owner.Server.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        room.Show(member.Id);
    }

    /// <summary>Gives a socket another entry; false if it has none.</summary>
    public bool TryUpdate(string socketId, string name, ReadOnlyMemory<byte> fields)
    {
        if (Find(name) is not { } room || !room.TryUpdate(socketId, key => PresenceJson.Entry(Hub.NewRef(), key, fields)))
        {
            return false;
        }

        Hub.Changed(room);
        return true;
    }

    /// <summary>Takes a socket's entry off.</summary>
    public void Untrack(string socketId, string name)
    {
        if (Find(name) is { } room)
        {
            room.Untrack(socketId);
            Hub.Changed(room);
        }
    }

    /// <summary>A socket is not in a room any more. Called in the lock of the socket's own list.</summary>
    public void OnLeft(string socketId, string name)
    {
        if (Find(name) is { } room)
        {
            Leave(room, socketId, null);
        }
    }

    /// <summary>The room of that name. If there is none, one that waits for what these nodes say.</summary>
    public PresenceRoom Begin(string name, IReadOnlyCollection<string> nodes)
    {
        var begun = new PresenceRoom(owner, name, nodes);
        var room = _rooms.GetOrAdd(name, begun);
        if (room == begun)
        {
            // Whoever has gone since the nodes were looked up may have gone before there was a room to take it out of.
            foreach (var gone in nodes.Except(Hub.Peers.Known(), StringComparer.Ordinal))
            {
                room.Forget(gone);
            }

            Hub.Peers.Want([room.Key]);
        }

        return room;
    }

    private void Leave(PresenceRoom room, string socketId, string? entryRef)
    {
        if (room.Leave(socketId, entryRef))
        {
            _rooms.TryRemove(new(room.Key.Room, room));
        }

        Hub.Changed(room);
    }

    private PresenceRoom Enter(IRoomMember member, string name, PresenceEntry entry)
    {
        while (true)
        {
            var room = Find(name) ?? Begin(name, Hub.Peers.Known());
            if (room.TryTrack(member, entry))
            {
                return room;
            }

            // It has ended this moment, and whoever ended it may not have come to take it off.
            _rooms.TryRemove(new(name, room));
        }
    }
}
