using AkkaChat.Host.Accounts;

namespace AkkaChat.Host.Rooms;

/// <summary>A room as its people know it.</summary>
/// <param name="Id">The room's id.</param>
/// <param name="Kind">One of <see cref="RoomKind"/>.</param>
/// <param name="Name">The name; of a direct room empty.</param>
/// <param name="Topic">What it is about; may be empty.</param>
/// <param name="Archived">True, or absent.</param>
/// <param name="CreatedBy">Whose it was first.</param>
/// <param name="CreatedAt">When it was made.</param>
internal record RoomShape(string Id, string Kind, string Name, string Topic, bool? Archived, string CreatedBy, long CreatedAt);

/// <summary>A room in the directory.</summary>
internal sealed record ListedRoom : RoomShape
{
    public ListedRoom(RoomShape room, long members)
        : base(room) => Members = members;

    /// <summary>How many people are in it.</summary>
    public long Members { get; }
}

/// <summary>A room as one of its members knows it.</summary>
internal sealed record MyRoom : RoomShape
{
    public MyRoom(RoomShape room)
        : base(room)
    {
    }

    /// <summary>The member's role, one of <see cref="RoomRole"/>.</summary>
    public required string Role { get; init; }

    /// <summary>The id of the last message they have read.</summary>
    public long ReadTo { get; init; }

    /// <summary>How many they have not read, at most 100.</summary>
    public long Unread { get; init; }

    /// <summary>How many of these name them, at most 100.</summary>
    public long Mentions { get; init; }

    /// <summary>Up to which change of the room all this counts what was said; null: nothing has been said in it yet.</summary>
    public LogPosition? Position { get; init; }

    /// <summary>When something was last said.</summary>
    public long? LastAt { get; init; }

    /// <summary>In a direct room the other person.</summary>
    public Person? Other { get; init; }

    /// <summary>Until when they may not write.</summary>
    public long? MutedUntil { get; init; }
}

/// <summary>A member of a room.</summary>
internal sealed record MemberShape
{
    public required string Id { get; init; }

    public required string Role { get; init; }

    /// <summary>Until when they may not write in it; null if they may.</summary>
    public long? MutedUntil { get; init; }
}
