namespace AkkaChat.Bench.Chat;

/// <summary>How people are distributed over rooms.</summary>
/// <param name="Rooms">The number of rooms.</param>
/// <param name="Members">How many people are in each.</param>
/// <param name="Speakers">How many of them speak.</param>
internal sealed record ChatShape(int Rooms, int Members, int Speakers)
{
    public int People => Rooms * Members;
}
