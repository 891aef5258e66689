using AkkaChat.Presence;

namespace AkkaChat.Nodes;

internal abstract partial record NodeReply
{
    /// <summary>A node's own entries in rooms. A room may come in several parts, one behind the other.</summary>
    /// <param name="Stamp">Changes with a stamp up to this one are in it.</param>
    /// <param name="Snapshots">The rooms that were asked for, those without entries too.</param>
    internal sealed record Presence(long Stamp, IReadOnlyList<PresenceSnapshot> Snapshots) : NodeReply;
}
