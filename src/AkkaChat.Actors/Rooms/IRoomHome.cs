namespace AkkaChat.Rooms;

/// <summary>What rooms know of the namespace they are in. Thread-safe.</summary>
internal interface IRoomHome
{
    /// <summary>Who is in a room by the sockets' own lists.</summary>
    IEnumerable<IRoomMember> Roster(RoomName room);

    /// <summary>Something has happened to a room. Never throws.</summary>
    void Observe(RoomEventKind kind, RoomName room, string? socketId);
}
