using System.Collections.Concurrent;
using AkkaChat.Nodes;

namespace AkkaChat.Cluster.Specs.Support;

/// <summary>Asks others, and writes down what.</summary>
internal sealed class RecordingPeers(IPeerNodes peers) : IPeerNodes
{
    public ConcurrentQueue<NodeRequest> Asked { get; } = new();

    public Task<PeerReplies> AskAsync(
        NodeRequest request, IReadOnlyCollection<string>? incarnations, TimeSpan limit, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request);
        return peers.AskAsync(request, incarnations, limit, cancellationToken);
    }
}
