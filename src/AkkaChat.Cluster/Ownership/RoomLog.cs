namespace AkkaChat.Ownership;

/// <summary>The part of a room's order that not all relays are known to have: what the owner may have to repeat.</summary>
internal sealed class RoomLog(long stable, OwnershipSettings settings)
{
    private readonly Queue<RoomEntry> _entries = new();
    private readonly Dictionary<PublishId, RoomEntry> _byOrigin = [];
    private long _bytes;

    /// <summary>All relays have everything up to here.</summary>
    public long Stable { get; private set; } = stable;

    public long Last => Stable + _entries.Count;

    /// <summary>Whether no more may be published until something has become stable.</summary>
    public bool IsFull => _entries.Count >= settings.WindowEntries || _bytes >= settings.WindowBytes;

    /// <summary>The entry that is next to become stable.</summary>
    public RoomEntry? First => _entries.TryPeek(out var first) ? first : null;

    /// <summary>Adds the entry after the last one.</summary>
    public void Add(RoomEntry entry)
    {
        _entries.Enqueue(entry);
        if (entry.Payload is not null)
        {
            _bytes += entry.Payload.Bytes;
            _byOrigin[entry.Origin] = entry;
        }
    }

    /// <summary>All relays have the first entry.</summary>
    public void Settle()
    {
        var entry = _entries.Dequeue();
        Stable = entry.Sequence;
        if (entry.Payload is not null)
        {
            _bytes -= entry.Payload.Bytes;
            _byOrigin.Remove(entry.Origin);
        }
    }

    /// <summary>What follows a sequence.</summary>
    public IReadOnlyList<RoomEntry> After(long sequence, int limit) =>
        [.. _entries.Skip((int)Math.Max(0, sequence - Stable)).Take(limit)];

    /// <summary>What a relay has published beyond a number.</summary>
    public IReadOnlyList<RoomEntry> Of(Incarnation relay, long beyond, int limit) =>
        [.. _entries.Where(entry => entry.Payload is not null && entry.Origin.Relay == relay && entry.Origin.Number > beyond).Take(limit)];

    public RoomEntry? Find(PublishId origin) => _byOrigin.GetValueOrDefault(origin);
}
