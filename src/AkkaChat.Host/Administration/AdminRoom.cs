namespace AkkaChat.Host.Administration;

/// <summary>A room, as administrators see it: not what is said in it.</summary>
internal sealed record AdminRoom
{
    public required string Id { get; init; }

    /// <summary>public, private or direct.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Topic { get; init; }

    /// <summary>True, or absent.</summary>
    public bool? Archived { get; init; }

    public required string CreatedBy { get; init; }

    public long CreatedAt { get; init; }

    public long Members { get; init; }

    public long Messages { get; init; }

    public long? LastAt { get; init; }
}
