using System.Collections.Immutable;
using AkkaChat.Nodes;

namespace AkkaChat.Membership;

/// <summary>What a node has said of itself.</summary>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="Incarnation">How the ids of its sessions begin.</param>
/// <param name="Address">Where it takes requests that other nodes hand on; null if nowhere.</param>
/// <param name="IsDraining">Whether it is about to leave.</param>
/// <param name="Writing">What it has to do with the store of durable rooms.</param>
internal sealed record KnownNode(string Name, string Incarnation, Uri? Address, bool IsDraining, LogWriting Writing);

/// <summary>The other nodes, as far as they have said who they are, and those that have gone. Immutable.</summary>
/// <param name="ByName">Nodes by their names in the cluster.</param>
/// <param name="ByIncarnation">The same by how their sessions' ids begin.</param>
/// <param name="Gone">How ids of nodes begin that have gone; of very many the last ones.</param>
internal sealed record KnownNodes(
    ImmutableDictionary<string, KnownNode> ByName,
    ImmutableDictionary<string, KnownNode> ByIncarnation,
    ImmutableQueue<string> Gone)
{
    /// <summary>So many nodes that have gone are remembered, and named as such to their clients.</summary>
    private const int MostGone = 1_000;

    public static readonly KnownNodes None = new(
        ImmutableDictionary.Create<string, KnownNode>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, KnownNode>(StringComparer.Ordinal),
        []);

    public KnownNodes With(KnownNode node) => this with
    {
        ByName = ByName.SetItem(node.Name, node),
        ByIncarnation = ByIncarnation.SetItem(node.Incarnation, node),
    };

    public KnownNodes Without(string name)
    {
        if (!ByName.TryGetValue(name, out var node))
        {
            return this;
        }

        var gone = Gone.Enqueue(node.Incarnation);
        return new KnownNodes(
            ByName.Remove(name), ByIncarnation.Remove(node.Incarnation), gone.Count() > MostGone ? gone.Dequeue() : gone);
    }
}
