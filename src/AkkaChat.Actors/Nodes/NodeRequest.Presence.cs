using AkkaChat.Presence;

namespace AkkaChat.Nodes;

internal abstract partial record NodeRequest
{
    /// <summary>
    /// Know what has changed among my entries in the presence of rooms. Without changes: know up to where I have spoken.
    /// Takes effect in the order in which it comes; answered without a part.
    /// </summary>
    /// <param name="Node">The incarnation of the node that speaks.</param>
    /// <param name="After">Its stamp before; whoever does not know it has missed something.</param>
    /// <param name="Stamp">Its stamp from now on.</param>
    /// <param name="Changes">The changes.</param>
    internal sealed record PresencePush(string Node, long After, long Stamp, IReadOnlyList<PresenceRoomChange> Changes) : NodeRequest;

    /// <summary>Say which entries are yours in these rooms, as you have told them last.</summary>
    internal sealed record PresencePull(IReadOnlyList<PresenceKey> Rooms) : NodeRequest;
}
