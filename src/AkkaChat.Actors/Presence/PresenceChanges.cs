namespace AkkaChat.Presence;

/// <summary>
/// What has changed since it was last told. An entry that came and went in between is not worth a word. Not thread-safe.
/// </summary>
internal sealed class PresenceChanges
{
    private readonly Dictionary<string, PresenceEntry> _joins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PresenceEntry> _leaves = new(StringComparer.Ordinal);

    public void Join(PresenceEntry entry)
    {
        if (!_leaves.Remove(entry.Ref))
        {
            _joins[entry.Ref] = entry;
        }
    }

    public void Leave(PresenceEntry entry)
    {
        if (!_joins.Remove(entry.Ref))
        {
            _leaves[entry.Ref] = entry;
        }
    }

    /// <summary>All changes; none are left.</summary>
    public PresenceDiff Take()
    {
        var taken = new PresenceDiff([.. _joins.Values], [.. _leaves.Values]);
        _joins.Clear();
        _leaves.Clear();
        return taken;
    }

    /// <summary>The entries as they were last told.</summary>
    public IEnumerable<PresenceEntry> Before(IEnumerable<PresenceEntry> now) =>
        now.Where(entry => !_joins.ContainsKey(entry.Ref)).Concat(_leaves.Values);
}
