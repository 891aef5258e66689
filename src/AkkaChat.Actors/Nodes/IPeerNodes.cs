namespace AkkaChat.Nodes;

/// <summary>The other nodes of the cluster, to be asked. Thread-safe.</summary>
internal interface IPeerNodes
{
    /// <summary>
    /// Asks all other nodes, or some of them, and waits until each has answered in full, has left the cluster, or the
    /// limit has passed. Never throws but for a cancellation, and for a request that is too large to be passed on.
    /// </summary>
    /// <param name="request">The question.</param>
    /// <param name="incarnations">
    /// Which nodes, as session ids begin; null: all. Names of nodes that have gone, and of this one, are passed over.
    /// </param>
    /// <param name="limit">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<PeerReplies> AskAsync(
        NodeRequest request, IReadOnlyCollection<string>? incarnations, TimeSpan limit, CancellationToken cancellationToken);
}

/// <summary>The answers of other nodes.</summary>
/// <param name="Replies">What came, in no particular order. A node's answer may come in several parts.</param>
/// <param name="Missing">The addresses of nodes whose answer did not come, or not in full.</param>
internal sealed record PeerReplies(IReadOnlyList<NodeReply> Replies, IReadOnlyList<string> Missing)
{
    public static readonly PeerReplies None = new([], []);
}

/// <summary>A node that is alone has no others.</summary>
internal sealed class NoPeers : IPeerNodes
{
    public static readonly NoPeers Instance = new();

    /// <inheritdoc/>
    public Task<PeerReplies> AskAsync(
        NodeRequest request, IReadOnlyCollection<string>? incarnations, TimeSpan limit, CancellationToken cancellationToken) =>
        Task.FromResult(PeerReplies.None);
}
