namespace AkkaChat.Nodes;

/// <summary>The rooms whose order a node keeps.</summary>
/// <param name="Shards">The shards they are in, by number.</param>
/// <param name="Rooms">How many there are.</param>
internal sealed record OwnedRooms(IReadOnlyList<int> Shards, int Rooms)
{
    public static readonly OwnedRooms None = new([], 0);
}
