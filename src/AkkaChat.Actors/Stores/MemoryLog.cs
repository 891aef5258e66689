namespace AkkaChat.Stores;

/// <summary>One log in memory. Not thread-safe.</summary>
internal sealed class MemoryLog(RoomLogKey key, string epoch)
{
    private const int Overhead = 256;

    // By offset: the first one's index is 0.
    private readonly List<MemoryEntry> _entries = [];
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);
    private long _top;
    private int _removed;

    public RoomLogKey Key { get; } = key;

    public string Epoch { get; private set; } = epoch;

    public RoomLogLimits Limits { get; private set; }

    /// <summary>When the last message came, or the log became empty by its age.</summary>
    public DateTimeOffset LastAt { get; private set; }

    public int Count => _entries.Count - _removed;

    public MemoryEntry? Oldest => Count > 0 ? _entries[_removed] : null;

    /// <summary>What the log takes by itself, without messages; in bytes.</summary>
    public long Cost => Overhead + (2 * (Key.Namespace.Length + Key.Room.Length));

    /// <summary>The offset of the message with that id; null if there is none.</summary>
    public long? Find(string messageId) => _offsets.TryGetValue(messageId, out var offset) ? offset : null;

    public MemoryEntry Append(LogAppend append)
    {
        Limits = append.Limits;
        LastAt = append.At;
        var entry = EntryOf(new StoredEntry(++_top, append.At, append.MessageId, append.Content));
        _entries.Add(entry);
        if (append.MessageId is not null)
        {
            _offsets[append.MessageId] = _top;
        }

        return entry;
    }

    /// <summary>Changes a message's content; null if there is no such message.</summary>
    public (MemoryEntry Before, MemoryEntry After)? Replace(long offset, ReadOnlyMemory<byte> content)
    {
        var index = offset - (_top - Count + 1);
        if (index < 0 || index >= Count)
        {
            return null;
        }

        var before = _entries[_removed + (int)index];
        var after = EntryOf(before.Stored with { Content = content });
        _entries[_removed + (int)index] = after;
        return (before, after);
    }

    public MemoryEntry RemoveOldest()
    {
        var entry = _entries[_removed];
        _entries[_removed++] = null!;
        if (entry.Stored.MessageId is { } id)
        {
            _offsets.Remove(id);
        }

        // Moving the rest up costs its length, so it is done when half is gone.
        if (_removed * 2 >= _entries.Count)
        {
            _entries.RemoveRange(0, _removed);
            _removed = 0;
            _entries.Capacity = Math.Min(_entries.Capacity, Math.Max(4, _entries.Count * 4));
        }

        return entry;
    }

    /// <summary>The last message has gone; how long the log is kept counts from now.</summary>
    public void BecameEmpty(DateTimeOffset now) => LastAt = now;

    public void Restart(string newEpoch, DateTimeOffset now)
    {
        Epoch = newEpoch;
        LastAt = now;
        _top = 0;
    }

    private MemoryEntry EntryOf(StoredEntry stored) =>
        new(this, stored, Overhead + stored.Content.Length + (4 * (stored.MessageId?.Length ?? 0)));

    public LogSlice Read(LogRange range)
    {
        var first = _top - Count + 1;
        var from = Math.Max(first, range.After + 1);
        var to = Math.Min(_top, range.Before - 1);
        if (to - from + 1 > range.Limit)
        {
            (from, to) = range.Newest ? (to - range.Limit + 1, to) : (from, from + range.Limit - 1);
        }

        List<StoredEntry> entries = [];
        for (var offset = from; offset <= to; offset++)
        {
            entries.Add(_entries[_removed + (int)(offset - first)].Stored);
        }

        return new LogSlice(new LogPosition(Epoch, _top), entries);
    }
}

/// <summary>A message in memory, in its log and among those of all logs.</summary>
internal sealed class MemoryEntry
{
    public MemoryEntry(MemoryLog log, StoredEntry stored, long cost)
    {
        Log = log;
        Stored = stored;
        Cost = cost;
        Node = new LinkedListNode<MemoryEntry>(this);
    }

    public MemoryLog Log { get; }

    public StoredEntry Stored { get; }

    public long Cost { get; }

    public LinkedListNode<MemoryEntry> Node { get; }
}
