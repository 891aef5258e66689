namespace AkkaChat.Host.Administration;

/// <summary>An entry of the audit log, as it is read.</summary>
internal sealed record AuditEntry
{
    public long Id { get; init; }

    /// <summary>When, in milliseconds since 1970, UTC.</summary>
    public long At { get; init; }

    /// <summary>Whose doing it was; null: the server's own.</summary>
    public string? ActorId { get; init; }

    public required string Action { get; init; }

    /// <summary>The room's name; its id if it is gone or has none.</summary>
    public string? Room { get; init; }

    /// <summary>The person's name.</summary>
    public string? Target { get; init; }

    public string? Details { get; init; }
}
