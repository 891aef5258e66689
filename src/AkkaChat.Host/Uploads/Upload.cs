namespace AkkaChat.Host.Uploads;

/// <summary>A file that somebody has uploaded, as it is stored.</summary>
internal sealed record Upload
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The room whose members may read it; null as long as no message carries it, or none any more.</summary>
    public string? RoomId { get; init; }

    public required string Name { get; init; }

    /// <summary>The media type, as its content says.</summary>
    public required string Type { get; init; }

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>Of an image, in pixels.</summary>
    public long? Width { get; init; }

    /// <summary>Of an image, in pixels.</summary>
    public long? Height { get; init; }

    public long CreatedAt { get; init; }
}
