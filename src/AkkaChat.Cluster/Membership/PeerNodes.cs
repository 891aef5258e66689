using AkkaChat.Nodes;
using AkkaChat.Wire;

namespace AkkaChat.Membership;

/// <summary>Asks the other nodes, in the words of <see cref="NodeRequestFormat"/>.</summary>
internal sealed class PeerNodes(ClusterPeers peers, int largest) : IPeerNodes
{
    /// <inheritdoc/>
    public async Task<PeerReplies> AskAsync(
        NodeRequest request, IReadOnlyCollection<string>? incarnations, TimeSpan limit, CancellationToken cancellationToken)
    {
        var body = NodeRequestFormat.Write(request);
        if (body.Length > largest)
        {
            throw new InvalidOperationException(
                $"This has {body.Length} bytes; nodes of a cluster pass on at most {largest} (twice akkachat.max-payload).");
        }

        var (parts, missing) = await peers.AskAsync(body, incarnations, limit, cancellationToken);
        return new PeerReplies([.. parts.Select(Read)], missing);
    }

    private static NodeReply Read(ReadOnlyMemory<byte> part) =>
        NodeReplyFormat.TryRead(part, out var reply)
            ? reply
            : new NodeReply.Failed("(unreadable)", $"{part.Length} bytes are no answer, or one of a version too far away.");
}
