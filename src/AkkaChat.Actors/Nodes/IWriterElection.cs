namespace AkkaChat.Nodes;

/// <summary>
/// Which node of the cluster is to write the logs of durable rooms: the oldest that is up and not about to leave. Nodes may see
/// it differently for a moment. Thread-safe; cheap to ask.
/// </summary>
internal interface IWriterElection
{
    /// <summary>The node, by how its sessions' ids begin; null while that is not known.</summary>
    string? Elected { get; }

    /// <summary>Whether this node is no member any more, and must not write whatever it sees.</summary>
    bool IsOut { get; }

    /// <summary>
    /// The members that are older than this node, and so may have written before it; null if not all have said who they are.
    /// </summary>
    IReadOnlyList<string>? Elders { get; }
}
