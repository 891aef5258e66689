namespace AkkaChat.Nodes;

/// <summary>The directory of a node that is alone: it knows itself.</summary>
internal sealed class SingleNodeDirectory(string own) : INodeDirectory
{
    /// <inheritdoc/>
    public ValueTask<NodeLocation> FindAsync(string incarnation, CancellationToken cancellationToken) =>
        new(new NodeLocation(incarnation == own ? NodePresence.Here : NodePresence.Unknown));
}
