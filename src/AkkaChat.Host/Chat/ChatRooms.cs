namespace AkkaChat.Host.Chat;

/// <summary>
/// Who is in which room. A room exists as long as somebody is in it, spelled as its first member did; case makes no
/// difference. No I/O, and not thread-safe: see <see cref="Presence"/>.
/// </summary>
internal sealed class ChatRooms
{
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<Room>> _ofSocket = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>The Socket.IO room behind a room of the chat: another name space, so that neither is in the other's way.</summary>
    public static string KeyOf(string room) => $"chat:{room.ToUpperInvariant()}";

    /// <summary>In how many rooms the socket is.</summary>
    public int CountOf(string socketId) => _ofSocket.TryGetValue(socketId, out var rooms) ? rooms.Count : 0;

    /// <summary>The room as it is spelled, if the person is in it; null otherwise.</summary>
    public string? Find(Person person, string room) =>
        _rooms.TryGetValue(room, out var found) && found.Members.Contains(person) ? found.Name : null;

    /// <summary>Who is in a room now.</summary>
    public Membership Look(string room) =>
        _rooms.TryGetValue(room, out var found) ? found.ToMembership(_version) : new Membership(room, [], _version);

    /// <summary>Somebody enters. To enter again changes nothing.</summary>
    public Membership Enter(Person person, string name)
    {
        if (!_rooms.TryGetValue(name, out var room))
        {
            room = new Room(name);
            _rooms.Add(name, room);
        }

        if (room.Members.Add(person))
        {
            RoomsOf(person).Add(room);
            _version++;
        }

        return room.ToMembership(_version);
    }

    /// <summary>Somebody leaves a room; null if they were not in it.</summary>
    public Membership? Leave(Person person, string name) =>
        _rooms.TryGetValue(name, out var room) && room.Members.Contains(person) ? Leave(person, room) : null;

    /// <summary>Somebody leaves all rooms.</summary>
    public IReadOnlyList<Membership> LeaveAll(Person person) =>
        _ofSocket.TryGetValue(person.SocketId, out var rooms) ? [.. rooms.ToArray().Select(room => Leave(person, room))] : [];

    /// <summary>The rooms with most people in them.</summary>
    public IReadOnlyList<ChatEvents.RoomCount> Counts(int atMost) =>
    [
        .. _rooms.Values.OrderByDescending(room => room.Members.Count).ThenBy(room => room.Name, StringComparer.Ordinal)
            .Take(atMost).Select(room => new ChatEvents.RoomCount(room.Name, room.Members.Count)),
    ];

    private Membership Leave(Person person, Room room)
    {
        room.Members.Remove(person);
        if (room.Members.Count == 0)
        {
            _rooms.Remove(room.Name);
        }

        var rooms = RoomsOf(person);
        rooms.Remove(room);
        if (rooms.Count == 0)
        {
            _ofSocket.Remove(person.SocketId);
        }

        _version++;
        return room.ToMembership(_version);
    }

    private HashSet<Room> RoomsOf(Person person)
    {
        if (!_ofSocket.TryGetValue(person.SocketId, out var rooms))
        {
            rooms = [];
            _ofSocket.Add(person.SocketId, rooms);
        }

        return rooms;
    }

    private sealed class Room(string name)
    {
        public string Name => name;

        public HashSet<Person> Members { get; } = [];

        public Membership ToMembership(long version) =>
            new(name, [.. Members.Select(person => new ChatEvents.Member(person.Name))], version);
    }
}
