namespace AkkaChat.Ownership;

/// <summary>Time limits and bounds of the protocol; the same on all nodes.</summary>
internal sealed record OwnershipSettings
{
    /// <summary>What has not been answered for so long is sent again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest time for which an acknowledgement, or news of the stable point, waits for company.</summary>
    public TimeSpan AcknowledgeAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>So many deliveries are acknowledged at once, without waiting.</summary>
    public int AcknowledgeEvery { get; init; } = 32;

    /// <summary>A publish or a join that has not had its place for so long fails.</summary>
    public TimeSpan EmitTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For so long an otherwise idle relay keeps its promise to an owner. An owner that is still collecting after half
    /// of it asks everybody again, so that the promises it opens upon were all held at one moment.
    /// </summary>
    public TimeSpan PromiseFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A room has at most so many entries that not all nodes are known to have; then publishes wait.</summary>
    public int WindowEntries { get; init; } = 1_024;

    /// <summary>The same in bytes. One entry is always let in, whatever its size.</summary>
    public long WindowBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>At most so many publishes of one relay wait for their place; beyond, they fail at once.</summary>
    public int PendingPublishes { get; init; } = 4_096;

    /// <summary>The same in bytes.</summary>
    public long PendingBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>So many entries or publishes are repeated at a time.</summary>
    public int RepeatBatch { get; init; } = 64;
}
