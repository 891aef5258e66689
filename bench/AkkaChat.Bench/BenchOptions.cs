namespace AkkaChat.Bench;

/// <summary>What was asked for on the command line.</summary>
internal sealed record BenchOptions
{
    public required string Repository { get; init; }

    public required string Artifacts { get; init; }

    public required string Output { get; init; }

    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Empty: AkkaChat, and for each scenario the peers that its bars name.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Servers beside those.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Which builds of AkkaChat; empty: those that are there.</summary>
    public IReadOnlyList<string> Builds { get; init; } = [];

    public int Repetitions { get; init; }

    public double WarmUpSeconds { get; init; }

    public double WindowSeconds { get; init; }

    public bool IsPinned { get; init; }
}
