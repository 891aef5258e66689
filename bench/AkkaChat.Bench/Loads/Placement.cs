namespace AkkaChat.Bench.Loads;

/// <summary>To which nodes of a cluster the members of rooms connect.</summary>
internal enum Placement
{
    /// <summary>All to the first.</summary>
    OneNode,

    /// <summary>In turn, and the first member of one room to another node than that of the room before.</summary>
    Spread,

    /// <summary>Who speaks to the first, all others to the second.</summary>
    PublisherApart,
}
