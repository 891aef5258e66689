namespace AkkaChat.Bench.Loads;

/// <summary>How clients are distributed over rooms, and what is said there.</summary>
/// <param name="Rooms">The number of rooms.</param>
/// <param name="Members">The number of clients in each.</param>
/// <param name="PayloadLength">Bytes, stamp included.</param>
/// <param name="AsBytes">Whether the payload is binary.</param>
internal sealed record RoomShape(int Rooms, int Members, int PayloadLength = 128, bool AsBytes = false)
{
    public static string NameOf(int number) => $"room-{number:D4}";
}
