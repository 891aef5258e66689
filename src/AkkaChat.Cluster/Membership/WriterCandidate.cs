using AkkaChat.Nodes;

namespace AkkaChat.Membership;

/// <summary>A member that is up, as one that could write the logs of durable rooms.</summary>
/// <param name="Incarnation">How its sessions' ids begin; null if it has not said so.</param>
/// <param name="IsSelf">Whether it is the one that decides.</param>
/// <param name="IsDraining">Whether it is about to leave.</param>
/// <param name="Writing">What it has to do with the store.</param>
internal sealed record WriterCandidate(string? Incarnation, bool IsSelf, bool IsDraining, LogWriting Writing)
{
    /// <summary>
    /// The one that is to write. While all are about to leave there is nobody to hand over to: who writes goes on, of several
    /// that have said so this node, which knows, or the last one, since others may not have been heard when they stopped. If
    /// nobody writes it is one that still can: a store that was closed is not opened again.
    /// </summary>
    /// <param name="oldestFirst">All candidates.</param>
    public static WriterCandidate? Choose(IReadOnlyList<WriterCandidate> oldestFirst) =>
        oldestFirst.FirstOrDefault(one => !one.IsDraining)
        ?? oldestFirst.FirstOrDefault(one => one is { IsSelf: true, Writing: LogWriting.Now })
        ?? oldestFirst.LastOrDefault(one => one.Writing == LogWriting.Now)
        ?? oldestFirst.FirstOrDefault(one => one.Writing == LogWriting.NotYet)
        ?? (oldestFirst is [var oldest, ..] ? oldest : null);
}
