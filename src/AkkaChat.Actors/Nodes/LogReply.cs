using AkkaChat.Stores;

namespace AkkaChat.Nodes;

/// <summary>What the node that writes the logs answers. A closed set, as the requests are.</summary>
internal abstract record LogReply
{
    /// <summary>The message is stored.</summary>
    /// <param name="Position">Its place in the log.</param>
    /// <param name="Sequence">Its place in the room's order, from which on the members of the asking node have it; 0: none.</param>
    internal sealed record Published(LogPosition Position, long Sequence) : LogReply;

    /// <summary>A part of what was to be read, in order; all parts have the same top.</summary>
    internal sealed record Part(LogPosition Top, bool IsContinuous, IReadOnlyList<StoredEntry> Entries) : LogReply;

    /// <summary>The message says something else now, if it was there.</summary>
    internal sealed record Replaced(bool WasThere) : LogReply;

    /// <summary>It is done.</summary>
    internal sealed record Done : LogReply;

    /// <summary>It could not be done, or nobody knows whether it was.</summary>
    internal sealed record Unavailable(string Why) : LogReply;
}
