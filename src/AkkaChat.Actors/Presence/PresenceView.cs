namespace AkkaChat.Presence;

/// <summary>
/// Who is in a room, as one node sees it: its own entries, of which it is the authority, and those of each other node, as
/// that one has said. A node counts what it tells; the count is the stamp of each of its changes and answers. What follows:
/// <list type="bullet">
/// <item>A change with a stamp that is not above what is known of that node is known already.</item>
/// <item>An answer with a lower stamp than what is known is too old, and has to be asked for again.</item>
/// <item>Whoever has missed a change finds a gap in the stamps, and asks for the whole (<see cref="PresencePeers"/>).</item>
/// </list>
/// No actor, no clock; not thread-safe.
/// </summary>
internal sealed class PresenceView
{
    private readonly Dictionary<string, PresenceEntry> _here = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OtherNode> _others = new(StringComparer.Ordinal);
    private readonly PresenceChanges _forClients = new();
    private readonly PresenceChanges _forNodes = new();

    /// <summary>This node's entries.</summary>
    public IEnumerable<PresenceEntry> Here => _here.Values;

    /// <summary>This node's entries, as the other nodes have been told.</summary>
    public IEnumerable<PresenceEntry> HereAsTold => _forNodes.Before(Here);

    /// <summary>All entries.</summary>
    public IEnumerable<PresenceEntry> All => Here.Concat(_others.Values.SelectMany(node => node.Entries.Values));

    /// <summary>All entries, as this node's clients have been told.</summary>
    public IEnumerable<PresenceEntry> AllAsTold => _forClients.Before(All);

    /// <summary>An entry of this node.</summary>
    public void Add(PresenceEntry entry)
    {
        _here.Add(entry.Ref, entry);
        _forClients.Join(entry);
        _forNodes.Join(entry);
    }

    /// <summary>An entry of this node has gone.</summary>
    public void Remove(PresenceEntry entry)
    {
        _here.Remove(entry.Ref);
        _forClients.Leave(entry);
        _forNodes.Leave(entry);
    }

    /// <summary>What another node says has changed: all that it says under one stamp.</summary>
    public void Apply(string node, long stamp, IEnumerable<PresenceRoomChange> changes)
    {
        var known = Of(node);
        if (stamp <= known.Stamp)
        {
            return;
        }

        known.Stamp = stamp;
        foreach (var change in changes)
        {
            Apply(known, change);
        }
    }

    /// <summary>What another node says is all there is of its own; false if more is known already.</summary>
    public bool TryReplace(string node, long stamp, IReadOnlyCollection<PresenceEntry> entries)
    {
        var known = Of(node);
        if (stamp < known.Stamp)
        {
            return false;
        }

        known.Stamp = stamp;
        var refs = entries.Select(entry => entry.Ref).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in known.Entries.Keys.Where(entry => !refs.Contains(entry)).ToList())
        {
            Leave(known, gone);
        }

        foreach (var entry in entries)
        {
            Join(known, entry);
        }

        return true;
    }

    /// <summary>Another node has gone, and all that was there.</summary>
    public void Forget(string node)
    {
        if (_others.Remove(node, out var known))
        {
            foreach (var entry in known.Entries.Values)
            {
                _forClients.Leave(entry);
            }
        }
    }

    /// <summary>What this node's clients are to be told.</summary>
    public PresenceDiff TakeForClients() => _forClients.Take();

    /// <summary>What the other nodes are to be told: changes of this node's own entries.</summary>
    public PresenceDiff TakeForNodes() => _forNodes.Take();

    private OtherNode Of(string node)
    {
        if (!_others.TryGetValue(node, out var known))
        {
            _others[node] = known = new OtherNode();
        }

        return known;
    }

    private void Apply(OtherNode node, PresenceRoomChange change)
    {
        foreach (var entry in change.Joins)
        {
            Join(node, entry);
        }

        foreach (var gone in change.Leaves)
        {
            Leave(node, gone);
        }
    }

    private void Join(OtherNode node, PresenceEntry entry)
    {
        if (node.Entries.TryAdd(entry.Ref, entry))
        {
            _forClients.Join(entry);
        }
    }

    private void Leave(OtherNode node, string gone)
    {
        if (node.Entries.Remove(gone, out var entry))
        {
            _forClients.Leave(entry);
        }
    }

    /// <summary>What another node has said.</summary>
    private sealed class OtherNode
    {
        public long Stamp { get; set; }

        public Dictionary<string, PresenceEntry> Entries { get; } = new(StringComparer.Ordinal);
    }
}
