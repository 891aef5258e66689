namespace AkkaChat.Nodes;

/// <summary>
/// Which node of the cluster is to write the logs of durable rooms: the oldest that is up and not about to leave; while all are,
/// the one that writes. Nodes may see it differently for a moment. Thread-safe; cheap to ask.
/// </summary>
internal interface IWriterElection
{
    /// <summary>The node, by how its sessions' ids begin; null while that is not known.</summary>
    string? Elected { get; }

    /// <summary>Whether this node is no member any more, and must not write whatever it sees.</summary>
    bool IsOut { get; }

    /// <summary>
    /// The members that may have written before this node: those that are older, and all if this one is about to leave. Null if
    /// not all have said who they are.
    /// </summary>
    IReadOnlyList<string>? Elders { get; }

    /// <summary>Tells the other nodes what this one has to do with the store.</summary>
    void Say(LogWriting writing);
}
