namespace AkkaChat;

/// <summary>
/// A number of sockets, over all nodes that have answered. A node that did not answer in time is named, and its sockets are
/// not counted; a node that has left the cluster is not missed.
/// </summary>
/// <param name="Sockets">How many.</param>
/// <param name="MissingNodes">The nodes that did not answer in time, by their addresses; none as a rule.</param>
public sealed record SocketCount(int Sockets, IReadOnlyList<string> MissingNodes)
{
    /// <summary>Whether all nodes have answered.</summary>
    public bool IsComplete => MissingNodes.Count == 0;
}
