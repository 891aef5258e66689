namespace AkkaChat.Nodes;

/// <summary>What is known of a node.</summary>
internal enum NodePresence
{
    /// <summary>Nobody has heard of it: the id is made up, or older than all that is remembered.</summary>
    Unknown,

    /// <summary>It is this node.</summary>
    Here,

    /// <summary>It is another node, which runs as far as is known.</summary>
    Elsewhere,

    /// <summary>It has left, and its sessions with it.</summary>
    Gone,
}

/// <summary>Where a node is.</summary>
/// <param name="Presence">What is known of it.</param>
/// <param name="Address">
/// Where it takes requests of other nodes, such as <c>http://10.0.0.7:5081</c>; set if it is another node.
/// </param>
internal readonly record struct NodeLocation(NodePresence Presence, Uri? Address = null)
{
    /// <summary>Another node, at this address.</summary>
    public static NodeLocation At(Uri address) => new(NodePresence.Elsewhere, address);
}
