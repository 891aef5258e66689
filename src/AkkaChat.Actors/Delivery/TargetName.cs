using AkkaChat.Sockets;

namespace AkkaChat.Delivery;

/// <summary>The rules for names of rooms and for what may be the target of an emit.</summary>
internal static class TargetName
{
    private const char InternalPrefix = '\0';

    /// <summary>
    /// Refuses null and empty names: a target that was left out by mistake must never mean everybody. A list without
    /// names is fine and reaches nobody.
    /// </summary>
    public static string[] CheckAll(string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(names));
        }

        return names;
    }

    /// <summary>The room in which all sockets of a user are; no room of the application's has such a name.</summary>
    public static string OfUser(string userId) => InternalPrefix + userId;

    /// <summary>Whether a room is the server's own, not the application's.</summary>
    public static bool IsInternal(string room) => room[0] == InternalPrefix;

    /// <summary>Refuses names that no room can have.</summary>
    public static string CheckRoom(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        if (IsInternal(room))
        {
            throw new ArgumentException("A room's name may not begin with the character U+0000.", nameof(room));
        }

        if (SocketId.IsId(room))
        {
            throw new ArgumentException(
                $"'{room}' has the form of a socket id. Every socket can be reached by its id, so such rooms can be "
                + "neither joined nor left; choose another room name.",
                nameof(room));
        }

        return room;
    }
}
