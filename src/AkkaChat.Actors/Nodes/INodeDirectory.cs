namespace AkkaChat.Nodes;

/// <summary>
/// Knows which node a session lives on. A session's id begins with the incarnation of the node that opened it, and a
/// session never moves, so that is all there is to know. Thread-safe.
/// </summary>
internal interface INodeDirectory
{
    /// <summary>Where the node of that incarnation is.</summary>
    /// <param name="incarnation">The characters of a session id before the tilde.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <returns>
    /// At once as a rule; a directory may take a moment over an incarnation that it has never heard of, for a node that
    /// has just joined can be known to clients before it is known to all nodes.
    /// </returns>
    ValueTask<NodeLocation> FindAsync(string incarnation, CancellationToken cancellationToken);
}
