namespace AkkaChat.Host.Accounts;

/// <summary>An account, as it is stored. Times are milliseconds since 1970, UTC.</summary>
internal sealed record Account
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The name in the form in which no two accounts may have the same.</summary>
    public required string NameKey { get; init; }

    /// <summary>Null for a guest, who can't come back by a password.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>One of <see cref="SiteRole"/>.</summary>
    public required string Role { get; init; }

    public bool IsGuest { get; init; }

    public long CreatedAt { get; init; }

    public long? LastSeenAt { get; init; }

    /// <summary>The account is gone; what it said stays.</summary>
    public long? RemovedAt { get; init; }

    public long? BannedAt { get; init; }

    /// <summary>Until when they may read but not write, in any room.</summary>
    public long? MutedUntil { get; init; }

    public long FailedLogins { get; init; }

    public long? LockedUntil { get; init; }
}
