namespace AkkaChat.Host.Administration;

/// <summary>How much there is.</summary>
internal sealed record SiteCounts
{
    public long People { get; init; }

    public long Rooms { get; init; }

    public long Messages { get; init; }
}
