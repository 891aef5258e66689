namespace AkkaChat.Host.Rooms;

/// <summary>A room as it is stored.</summary>
internal sealed record RoomRow
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>What no two rooms may have the same: of a public room its name, of a direct one its two people.</summary>
    public string? UniqueKey { get; init; }

    public required string Topic { get; init; }

    public required string CreatedBy { get; init; }

    public long CreatedAt { get; init; }

    public long? ArchivedAt { get; init; }

    public long? LastAt { get; init; }

    public RoomShape Shape => new(Id, Kind, Name, Topic, ArchivedAt is null ? null : true, CreatedBy, CreatedAt);
}
