using System.Diagnostics;

namespace AkkaChat.Bench;

/// <summary>Monotonic time in nanoseconds: a time stamp made here can be compared here, since one process sends and receives.</summary>
internal static class Clock
{
    public const long Second = 1_000_000_000;
    public const long Millisecond = 1_000_000;

    public static long Now => Stopwatch.GetTimestamp() * (Second / Stopwatch.Frequency);

    public static long Nanoseconds(TimeSpan time) => (long)(time.TotalSeconds * Second);
}
