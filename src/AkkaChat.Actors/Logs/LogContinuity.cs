namespace AkkaChat.Logs;

/// <summary>Whether what a client has and what it is given are without a gap between them.</summary>
internal static class LogContinuity
{
    /// <summary>Messages given upwards, from <paramref name="first"/> on: the top plus 1 if none are.</summary>
    public static bool Upwards(LogPosition? since, LogPosition top, long first) =>
        AfterOf(since, top) is { } after && first <= after + 1;

    /// <summary>Messages given downwards, from <paramref name="last"/> on: 0 if none are.</summary>
    public static bool Downwards(LogPosition? since, LogPosition top, long last) =>
        since is null ? last == top.Offset : AfterOf(since, top) is { } before && last >= before - 1;

    /// <summary>The offset in the log's epoch; null if it has no meaning there.</summary>
    public static long? AfterOf(LogPosition? since, LogPosition top) =>
        since is not { } given ? 0
        : given.Epoch == top.Epoch && given.Offset >= 0 && given.Offset <= top.Offset ? given.Offset
        : null;
}
