namespace AkkaChat.Host.Chat;

/// <summary>Who is in a room at one moment.</summary>
/// <param name="Room">The room as it is spelled.</param>
/// <param name="Members">Those who are in it.</param>
/// <param name="Version">Grows with every change; the higher of two is the newer.</param>
internal sealed record Membership(string Room, IReadOnlyList<ChatEvents.Member> Members, long Version);
