namespace AkkaChat.Host.Rooms;

/// <summary>One stay of a person in a room, from coming in to going: who comes back has another one.</summary>
internal sealed record RoomMembership
{
    public required string RoomId { get; init; }

    public required string AccountId { get; init; }

    public long JoinedAt { get; init; }

    /// <summary>Who owns the room when this person has gone; null: the owners it has, or nobody is left.</summary>
    public string? Heir { get; init; }
}
