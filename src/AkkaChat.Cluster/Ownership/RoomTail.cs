using System.Diagnostics.CodeAnalysis;

namespace AkkaChat.Ownership;

/// <summary>
/// The entries a relay keeps because a new owner may need them: those beyond the stable point, delivered or not. Its
/// size is bounded by the owner's window.
/// </summary>
internal sealed class RoomTail
{
    private readonly Dictionary<long, RoomEntry> _entries = [];

    /// <summary>All relays have everything up to here.</summary>
    public long Stable { get; private set; }

    /// <summary>The highest sequence it has ever held.</summary>
    public long Highest { get; private set; }

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>What is held, in order.</summary>
    public IReadOnlyList<RoomEntry> InOrder => [.. _entries.Values.OrderBy(entry => entry.Sequence)];

    /// <summary>Keeps an entry; false if it was here, or needs no keeping any more.</summary>
    public bool Hold(RoomEntry entry)
    {
        if (entry.Sequence <= Stable || !_entries.TryAdd(entry.Sequence, entry))
        {
            return false;
        }

        Highest = Math.Max(Highest, entry.Sequence);
        return true;
    }

    public bool TryGet(long sequence, [MaybeNullWhen(false)] out RoomEntry entry) => _entries.TryGetValue(sequence, out entry);

    /// <summary>Forgets what everybody has.</summary>
    public void TrimTo(long stable)
    {
        if (stable <= Stable)
        {
            return;
        }

        // By the entries rather than by the sequences: a relay that comes late to an old room is told a high point.
        foreach (var sequence in _entries.Keys.Where(sequence => sequence <= stable).ToList())
        {
            _entries.Remove(sequence);
        }

        Stable = stable;
    }
}
