namespace AkkaChat.Host.Rooms;

/// <summary>A person in relation to a room, as the database has it now: what decisions about access are made from.</summary>
internal sealed record Standing
{
    public required string AccountId { get; init; }

    public required string SiteRole { get; init; }

    public bool IsGuest { get; init; }

    public required string RoomId { get; init; }

    /// <summary>One of <see cref="RoomKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="RoomRole"/>; null: not a member.</summary>
    public string? Role { get; init; }

    /// <summary>Put out for good.</summary>
    public bool IsBanned { get; init; }

    public long? ArchivedAt { get; init; }

    /// <summary>Until when they may not write, here or anywhere.</summary>
    public long? MutedUntil { get; init; }
}
