namespace AkkaChat.Nodes;

/// <summary>What other nodes have answered, those that could not among those that have not.</summary>
/// <param name="Replies">The answers.</param>
/// <param name="Missing">The nodes of which the answer is not, or not wholly, among them.</param>
/// <param name="Failures">What went wrong on nodes that said so.</param>
internal sealed record PeerAnswers(
    IReadOnlyList<NodeReply> Replies, IReadOnlyList<string> Missing, IReadOnlyList<NodeReply.Failed> Failures)
{
    public static readonly PeerAnswers None = Of(PeerReplies.None);

    public static PeerAnswers Of(params PeerReplies[] all)
    {
        List<NodeReply> replies = [.. all.SelectMany(one => one.Replies)];
        List<NodeReply.Failed> failures = [.. replies.OfType<NodeReply.Failed>()];
        return new PeerAnswers(
            replies, [.. all.SelectMany(one => one.Missing), .. failures.Select(failure => failure.Node).Distinct(StringComparer.Ordinal)], failures);
    }

    /// <summary>For what has to be done everywhere, or to fail.</summary>
    /// <param name="what">What the nodes that have not answered have not done.</param>
    /// <exception cref="TimeoutException">A node has not answered.</exception>
    /// <exception cref="InvalidOperationException">A node has said that it failed.</exception>
    public void ThrowIfMissing(string what)
    {
        if (Failures is [var failure, ..])
        {
            throw new InvalidOperationException($"Node {failure.Node} has failed: {failure.Why}");
        }

        if (Missing.Count > 0)
        {
            throw new TimeoutException($"These nodes {what}: {string.Join(", ", Missing)}.");
        }
    }
}
