namespace AkkaChat.Host.Rooms;

/// <summary>What a member is in a room.</summary>
internal static class RoomRole
{
    public const string Owner = "owner";
    public const string Moderator = "moderator";
    public const string Member = "member";

    /// <summary>Whether there is such a role.</summary>
    public static bool IsKnown(string? role) => role is Owner or Moderator or Member;

    public static Rank RankOf(string? role) => role switch
    {
        Owner => Rank.Owner,
        Moderator => Rank.Moderator,
        Member => Rank.Member,
        _ => Rank.Nobody,
    };
}

/// <summary>How much somebody may in a room; who may more may all that who may less may.</summary>
internal enum Rank
{
    /// <summary>Not a member.</summary>
    Nobody,

    /// <summary>A member.</summary>
    Member,

    /// <summary>Keeps order.</summary>
    Moderator,

    /// <summary>It is theirs.</summary>
    Owner,
}
