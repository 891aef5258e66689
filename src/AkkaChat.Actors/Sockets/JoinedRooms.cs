using AkkaChat.Delivery;
using AkkaChat.Logs.Clustered;
using AkkaChat.Presence;
using AkkaChat.Rooms;

namespace AkkaChat.Sockets;

/// <summary>
/// One socket's own list of its rooms: what the rooms themselves are rebuilt from after a failure. The message to the
/// room is sent under the same lock that changes the list, so both see the same order. Thread-safe.
/// </summary>
internal sealed class JoinedRooms(
    IRoomMember member, IRoomRouter router, int limit, RoomCensus census, PresenceRooms? presence = null)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Dictionary<string, LogPlace>? _places;
    private string[]? _left;
    private bool _isInNamespace;

    /// <summary>The names now, in no particular order.</summary>
    public IReadOnlyCollection<string> Snapshot()
    {
        lock (_gate)
        {
            return [.. _names];
        }
    }

    /// <summary>The rooms it was in when it was closed; none before.</summary>
    public IReadOnlyCollection<string> Left
    {
        get
        {
            lock (_gate)
            {
                return _left ?? [];
            }
        }
    }

    public bool Contains(string room)
    {
        lock (_gate)
        {
            return _names.Contains(room);
        }
    }

    /// <summary>Makes the socket one of those that a broadcast to the namespace reaches; a second call changes nothing.</summary>
    public void Enter(Operation operation)
    {
        lock (_gate)
        {
            if (_left is null && !_isInNamespace)
            {
                _isInNamespace = true;
                router.Tell(new RoomMessages.Join(RoomName.Everyone, member, operation));
                return;
            }
        }

        operation.Done();
    }

    /// <summary>The places in logs that it keeps.</summary>
    public IReadOnlyCollection<LogPlace> Places
    {
        get
        {
            lock (_gate)
            {
                return _places is null ? [] : [.. _places.Values];
            }
        }
    }

    /// <summary>Whether it is in a room, and the place that it keeps in the room's log, if any.</summary>
    public (bool IsIn, LogPlace? Place) PlaceIn(string room)
    {
        lock (_gate)
        {
            return (_names.Contains(room), _places?.GetValueOrDefault(room));
        }
    }

    public void Join(string room, Operation operation)
    {
        bool isFull;
        lock (_gate)
        {
            isFull = _left is null && _names.Count >= limit && !_names.Contains(room);
            if (!isFull && _left is null && _names.Add(room))
            {
                census.Add(room);
                router.Tell(new RoomMessages.Join(new RoomName(room), member, operation));
                return;
            }
        }

        // Outside the lock: the end of an operation may set going one that asks other sockets for their rooms.
        if (isFull)
        {
            operation.Fail(new InvalidOperationException(Full()));
        }
        else
        {
            operation.Done();
        }
    }

    /// <summary>A join has failed: whatever becomes of it, the socket is not in that room.</summary>
    public void Undo(string room)
    {
        lock (_gate)
        {
            if (Remove(room))
            {
                router.Tell(new RoomMessages.Leave(new RoomName(room), member, new Unawaited()));
            }
        }
    }

    /// <summary>A join at a place of the log has failed; the socket is not in that room, but by another join.</summary>
    public void Undo(LogPlace place)
    {
        lock (_gate)
        {
            if (_places?.GetValueOrDefault(place.Room) == place)
            {
                Undo(place.Room);
            }
        }
    }

    /// <summary>
    /// Puts a room on the list that the room itself does not know of until <see cref="CompleteJoin"/>; or fails the operation.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="operation">The join.</param>
    /// <param name="place">The place in the room's log that the socket keeps; null if none.</param>
    public bool TryReserve(string room, Operation operation, LogPlace? place = null)
    {
        string? why;
        lock (_gate)
        {
            why = WhyNot(room);
            if (why is null)
            {
                _names.Add(room);
                census.Add(room);
                if (place is not null)
                {
                    (_places ??= new(StringComparer.Ordinal))[room] = place;
                }
            }
        }

        if (why is not null)
        {
            operation.Fail(new InvalidOperationException(why));
        }

        return why is null;
    }

    /// <summary>The second half of a join, unless the socket has left meanwhile.</summary>
    public void CompleteJoin(string room, Operation operation)
    {
        lock (_gate)
        {
            if (_names.Contains(room))
            {
                router.Tell(new RoomMessages.Join(new RoomName(room), member, operation));
                return;
            }
        }

        operation.Done();
    }

    public void Leave(string room, Operation operation)
    {
        lock (_gate)
        {
            if (Remove(room))
            {
                router.Tell(new RoomMessages.Leave(new RoomName(room), member, operation));
                return;
            }
        }

        operation.Done();
    }

    /// <summary>Leaves all rooms and the namespace, and joins none any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _left ??= [.. _names];
            foreach (var room in _names.ToArray())
            {
                Remove(room);
                router.Tell(new RoomMessages.Leave(new RoomName(room), member, new Unawaited()));
            }

            if (_isInNamespace)
            {
                _isInNamespace = false;
                router.Tell(new RoomMessages.Leave(RoomName.Everyone, member, new Unawaited()));
            }
        }
    }

    private bool Remove(string room)
    {
        if (!_names.Remove(room))
        {
            return false;
        }

        census.Remove(room);
        presence?.OnLeft(member.Id, room);
        if (_places?.Remove(room, out var place) == true)
        {
            place.End();
        }

        return true;
    }

    private string Full() => $"The socket is in {limit} rooms already, the most allowed (akkachat.max-rooms-per-socket).";

    private string? WhyNot(string room) =>
        _left is not null ? "The socket has disconnected."
        : _names.Contains(room) ? "The socket is in the room already; it must leave before it can come in at a place of the log."
        : _names.Count >= limit ? Full()
        : null;
}
