using System.Diagnostics.CodeAnalysis;

namespace AkkaChat.ConformanceApp;

/// <summary>What differs between the two profiles.</summary>
internal sealed record Profile(
    TimeSpan PingInterval, TimeSpan PingTimeout, bool Greets, TimeSpan OpeningDelay)
{
    private static readonly Profile Fast =
        new(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(200), true, TimeSpan.Zero);

    private static readonly Profile Relaxed =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), false, TimeSpan.FromMilliseconds(10));

    /// <summary>Reads the environment variable PROFILE.</summary>
    public static bool TryRead([NotNullWhen(true)] out Profile? profile, [NotNullWhen(false)] out string? error)
    {
        var name = Environment.GetEnvironmentVariable("PROFILE") ?? "fast";
        profile = name switch
        {
            "fast" => Fast,
            "relaxed" => Relaxed,
            _ => null,
        };
        error = profile is null ? $"PROFILE is '{name}'; it must be 'fast' or 'relaxed'." : null;
        return profile is not null;
    }
}
