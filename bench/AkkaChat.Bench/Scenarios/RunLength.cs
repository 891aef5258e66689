namespace AkkaChat.Bench.Scenarios;

/// <summary>How long the load runs before it is measured, and how long it is measured.</summary>
internal sealed record RunLength(TimeSpan WarmUp, TimeSpan Window);
