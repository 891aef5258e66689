namespace AkkaChat.Host.Chat;

/// <summary>
/// People and rooms as one: each step is whole, and afterwards nobody is in a room who is not connected. What it
/// returns is what the others have yet to be told. Thread-safe.
/// </summary>
internal sealed class Presence
{
    private readonly Lock _gate = new();
    private readonly People _people = new();
    private readonly ChatRooms _rooms = new();

    /// <summary>Takes somebody in, unless the name is taken. An earlier connection of the same client goes out first.</summary>
    public Admission Admit(Person newcomer)
    {
        lock (_gate)
        {
            if (_people.IsTaken(newcomer))
            {
                return new Admission(false, null);
            }

            var replaced = _people.EarlierOf(newcomer) is { } earlier ? Remove(earlier) : null;
            _people.Add(newcomer);
            return new Admission(true, replaced);
        }
    }

    /// <summary>Lets the person of a socket go; null if there is none, or not any more.</summary>
    public Departure? Release(string socketId)
    {
        lock (_gate)
        {
            return _people.Find(socketId) is { } person ? Remove(person) : null;
        }
    }

    /// <summary>The person of a socket enters a room.</summary>
    public Entrance Enter(string socketId, string room)
    {
        lock (_gate)
        {
            if (_people.Find(socketId) is not { } person)
            {
                return Entrance.Refused("You are not connected any more.");
            }

            if (_rooms.Find(person, room) is not null)
            {
                return new Entrance(null, person, _rooms.Look(room), IsNew: false);
            }

            return _rooms.CountOf(socketId) < ChatRules.MaxRoomsPerPerson
                ? new Entrance(null, person, _rooms.Enter(person, room), IsNew: true)
                : Entrance.Refused($"You are in {ChatRules.MaxRoomsPerPerson} rooms already. Leave one first.");
        }
    }

    /// <summary>The person of a socket leaves a room; null if they were not in it.</summary>
    public Departure? Leave(string socketId, string room)
    {
        lock (_gate)
        {
            return _people.Find(socketId) is { } person && _rooms.Leave(person, room) is { } left
                ? new Departure(person, [left])
                : null;
        }
    }

    /// <summary>Who speaks, and in which room; null if the person of the socket is not in it.</summary>
    public (Person Person, string Room)? Speaker(string socketId, string room)
    {
        lock (_gate)
        {
            return _people.Find(socketId) is { } person && _rooms.Find(person, room) is { } name ? (person, name) : null;
        }
    }

    /// <summary>Who is in a room now.</summary>
    public Membership Look(string room)
    {
        lock (_gate)
        {
            return _rooms.Look(room);
        }
    }

    /// <summary>The rooms with most people in them.</summary>
    public IReadOnlyList<ChatEvents.RoomCount> Counts(int atMost)
    {
        lock (_gate)
        {
            return _rooms.Counts(atMost);
        }
    }

    private Departure Remove(Person person)
    {
        _people.Remove(person);
        return new Departure(person, _rooms.LeaveAll(person));
    }

    /// <summary>Whether somebody was let in, and who had to go for it.</summary>
    internal sealed record Admission(bool IsAccepted, Departure? Replaced);

    /// <summary>Who went, and what the rooms that they were in are now.</summary>
    internal sealed record Departure(Person Person, IReadOnlyList<Membership> Rooms);

    /// <summary>Who entered what; or why not, in words.</summary>
    internal sealed record Entrance(string? Error, Person? Person, Membership? Room, bool IsNew)
    {
        public static Entrance Refused(string error) => new(error, null, null, false);
    }
}
