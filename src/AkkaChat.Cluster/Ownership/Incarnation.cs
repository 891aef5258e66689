namespace AkkaChat.Ownership;

/// <summary>
/// One life of an owner or a relay. It is never used again: a node that restarts has another name, and on one node the
/// numbers only grow, whatever the room. So a message of or to a former life is told by its number alone.
/// </summary>
/// <param name="Node">The node's unique address, another one after each restart of the node.</param>
/// <param name="Number">From a counter of the node's.</param>
internal readonly record struct Incarnation(string Node, long Number)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Node}/{Number}";
}
