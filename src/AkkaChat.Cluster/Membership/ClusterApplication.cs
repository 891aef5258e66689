namespace AkkaChat.Membership;

/// <summary>
/// One application, of those that may share a cluster. Its name is part of every address: of the actors that other nodes
/// send to, of the shards of its rooms, and of the role by which its nodes know each other.
/// </summary>
internal readonly record struct ClusterApplication(string Name)
{
    /// <summary>What its nodes have among the roles of their actor systems.</summary>
    public string Role => $"akkachat-{Name}";

    /// <summary>The actor of each node that other nodes send to about rooms; also the name of the shards of rooms.</summary>
    public string Rooms => $"akkachat-rooms-{Name}";

    /// <summary>The actor of each node that other nodes ask.</summary>
    public string Peers => $"akkachat-peers-{Name}";
}
