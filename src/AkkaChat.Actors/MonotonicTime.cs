namespace AkkaChat;

/// <summary>Monotonic time of a <see cref="TimeProvider"/>, for deadlines.</summary>
internal static class MonotonicTime
{
    /// <summary>Time since a fixed but arbitrary moment.</summary>
    public static TimeSpan Now(this TimeProvider time) => time.GetElapsedTime(0, time.GetTimestamp());
}
