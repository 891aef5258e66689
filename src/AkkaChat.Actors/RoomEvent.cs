namespace AkkaChat;

/// <summary>What has happened to a room.</summary>
public enum RoomEventKind
{
    /// <summary>The room came into being: somebody is about to join it.</summary>
    Created,

    /// <summary>A socket has joined.</summary>
    Joined,

    /// <summary>A socket has left.</summary>
    Left,

    /// <summary>The room is gone: nobody was left in it.</summary>
    Deleted,
}

/// <summary>Something that has happened to a room.</summary>
/// <param name="Kind">What.</param>
/// <param name="Room">The room's name.</param>
/// <param name="SocketId">Which socket joined or left; null for the others.</param>
public readonly record struct RoomEvent(RoomEventKind Kind, string Room, string? SocketId);
