using AkkaChat.Ownership;

namespace AkkaChat.Wire;

/// <summary>
/// What is published, as the bytes that cross the wire. Rooms pass them on as they are; only the nodes that deliver
/// look into them.
/// </summary>
internal sealed class RoomContent(ReadOnlyMemory<byte> bytes) : IEquatable<RoomContent>
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public static RoomPayload Payload(ReadOnlyMemory<byte> bytes) => new(new RoomContent(bytes), bytes.Length);

    /// <inheritdoc/>
    public bool Equals(RoomContent? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RoomContent);

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes.Length;
}
