namespace AkkaChat.Bench.Loads;

/// <summary>How clients are distributed over rooms, and what is said there.</summary>
/// <param name="Rooms">The number of rooms.</param>
/// <param name="Members">The number of clients in each.</param>
/// <param name="PayloadLength">Bytes, stamp included.</param>
/// <param name="AsBytes">Whether the payload is binary.</param>
internal sealed record RoomShape(int Rooms, int Members, int PayloadLength = 128, bool AsBytes = false)
{
    /// <summary>How many members of each room speak, its first ones.</summary>
    public int Publishers { get; init; } = 1;

    /// <summary>Which client connects where, in a cluster.</summary>
    public Placement Placement { get; init; }

    public static string NameOf(int number) => $"room-{number:D4}";

    /// <summary>The number of the node for the client with that index; counted around where there are fewer.</summary>
    public int NodeOf(int index) => Placement switch
    {
        Placement.Spread => index + (index / Members),
        Placement.PublisherApart => index % Members < Publishers ? 0 : 1,
        _ => 0,
    };
}
