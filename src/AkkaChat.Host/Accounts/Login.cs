namespace AkkaChat.Host.Accounts;

/// <summary>A log-in, as it is stored: of a browser, or of a program by a token that a person made for it.</summary>
internal sealed record Login
{
    public const string Browser = "browser";
    public const string Program = "program";

    public required string Id { get; init; }

    public required string TokenHash { get; init; }

    public required string AccountId { get; init; }

    /// <summary><see cref="Browser"/> or <see cref="Program"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>By which its owner knows it from the others.</summary>
    public required string Label { get; init; }

    public long CreatedAt { get; init; }

    public long LastUsedAt { get; init; }

    public long ExpiresAt { get; init; }
}
