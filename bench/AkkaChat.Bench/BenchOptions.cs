namespace AkkaChat.Bench;

/// <summary>What was asked for on the command line.</summary>
internal sealed record BenchOptions
{
    public required string Repository { get; init; }

    public required string Artifacts { get; init; }

    public required string Output { get; init; }

    public IReadOnlyList<string> Scenarios { get; init; } = [];

    public IReadOnlyList<string> Servers { get; init; } = [];

    public int Repetitions { get; init; }

    public double WarmUpSeconds { get; init; }

    public double WindowSeconds { get; init; }

    public bool IsPinned { get; init; }
}
