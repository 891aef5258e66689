namespace AkkaChat.Rooms;

/// <summary>Names a room within its namespace, or the namespace itself, which is the room of all its sockets.</summary>
/// <param name="Value">The application's name for the room, compared ordinally; null is the whole namespace.</param>
internal readonly record struct RoomName(string? Value)
{
    public static readonly RoomName Everyone;

    /// <inheritdoc/>
    public override string ToString() => Value ?? "(everyone)";
}
