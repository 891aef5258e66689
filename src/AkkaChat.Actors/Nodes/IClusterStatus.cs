namespace AkkaChat.Nodes;

/// <summary>What operators want to know of the cluster. Thread-safe.</summary>
internal interface IClusterStatus
{
    /// <summary>Asks all nodes; those that do not answer in time have no numbers.</summary>
    Task<ClusterReport> ReportAsync(CancellationToken cancellationToken);
}

/// <summary>The cluster as this node sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Application">The application, of those that share the cluster.</param>
/// <param name="ShardCount">Over how many shards rooms are spread; 0 for a node that is alone.</param>
/// <param name="Nodes">All nodes, this one too.</param>
internal sealed record ClusterReport(string Name, string Application, int ShardCount, IReadOnlyList<NodeReport> Nodes);

/// <summary>One node.</summary>
/// <param name="Incarnation">How the ids of its sessions begin; null if it has not said.</param>
/// <param name="Address">Where the other nodes find it; empty for a node that is alone.</param>
/// <param name="Status">joining, up, leaving, exiting, down or removed.</param>
/// <param name="IsReachable">Whether this node hears of it.</param>
/// <param name="IsThis">Whether it is the node that was asked.</param>
/// <param name="IsDraining">Whether it is about to leave and takes no new sessions.</param>
/// <param name="Load">Its numbers; null if it did not answer.</param>
internal sealed record NodeReport(
    string? Incarnation, string Address, string Status, bool IsReachable, bool IsThis, bool IsDraining, NodeLoad? Load);

/// <summary>What a node has to do.</summary>
/// <param name="Sessions">Open sessions.</param>
/// <param name="Sockets">Connected sockets, over all namespaces.</param>
/// <param name="Rooms">Rooms with members on this node.</param>
/// <param name="Shards">Shards of rooms that it owns, by number.</param>
/// <param name="OwnedRooms">Rooms whose order it keeps.</param>
internal sealed record NodeLoad(int Sessions, int Sockets, int Rooms, IReadOnlyList<int> Shards, int OwnedRooms);
