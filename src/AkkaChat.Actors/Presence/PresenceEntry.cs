namespace AkkaChat.Presence;

/// <summary>What is said of one socket. Never changes: what is said anew has another ref.</summary>
/// <param name="Ref">Unlike that of any other entry, of any node.</param>
/// <param name="Key">Who it is.</param>
/// <param name="Meta">The application's fields and the ref, as one object in JSON.</param>
internal sealed record PresenceEntry(string Ref, string Key, ReadOnlyMemory<byte> Meta)
{
    /// <summary>About how many bytes it takes.</summary>
    public int Size => Ref.Length + Key.Length + Meta.Length;
}

/// <summary>Names a room over all namespaces.</summary>
internal readonly record struct PresenceKey(string Namespace, string Room);

/// <summary>Entries that have come and gone.</summary>
internal sealed record PresenceDiff(IReadOnlyList<PresenceEntry> Joins, IReadOnlyList<PresenceEntry> Leaves)
{
    public bool IsEmpty => Joins.Count == 0 && Leaves.Count == 0;
}

/// <summary>A node's own changes in a room, for the other nodes.</summary>
/// <param name="Room">The room.</param>
/// <param name="Joins">What has come.</param>
/// <param name="Leaves">The refs of what has gone.</param>
internal sealed record PresenceRoomChange(PresenceKey Room, IReadOnlyList<PresenceEntry> Joins, IReadOnlyList<string> Leaves)
{
    /// <summary>About how many bytes it takes.</summary>
    public int Size => 64 + Room.Room.Length + Joins.Sum(entry => entry.Size) + Leaves.Sum(entry => entry.Length);
}

/// <summary>A node's own entries in a room, or a part of them.</summary>
internal sealed record PresenceSnapshot(PresenceKey Room, IReadOnlyList<PresenceEntry> Entries)
{
    /// <summary>About how many bytes it takes.</summary>
    public int Size => 64 + Room.Room.Length + Entries.Sum(entry => entry.Size);
}
