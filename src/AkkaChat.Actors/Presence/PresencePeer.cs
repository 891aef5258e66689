namespace AkkaChat.Presence;

/// <summary>What this node knows of another one, and wants to know. Thread-safe.</summary>
internal sealed class PresencePeer(string node)
{
    /// <summary>So many rooms at most are asked for at once.</summary>
    private const int MostAtOnce = 1_000;

    private readonly Lock _gate = new();
    private readonly HashSet<PresenceKey> _wanted = [];
    private long _heard = -1;
    private bool _isAsking;

    /// <summary>Its incarnation.</summary>
    public string Node { get; } = node;

    /// <summary>It has spoken up to that stamp; false if it has said something before that was not heard here.</summary>
    public bool Hear(long after, long stamp)
    {
        lock (_gate)
        {
            var isContinuous = after <= _heard;
            _heard = Math.Max(_heard, stamp);
            return isContinuous;
        }
    }

    /// <summary>It is to be asked for rooms. True: by the caller, with <see cref="TakeWanted"/> until there are none.</summary>
    public bool Want(IEnumerable<PresenceKey> rooms)
    {
        lock (_gate)
        {
            _wanted.UnionWith(rooms);
            var begins = !_isAsking && _wanted.Count > 0;
            _isAsking |= begins;
            return begins;
        }
    }

    /// <summary>The rooms to ask for now; none: nobody asks any more.</summary>
    public IReadOnlyList<PresenceKey> TakeWanted()
    {
        lock (_gate)
        {
            PresenceKey[] taken = [.. _wanted.Take(MostAtOnce)];
            _wanted.ExceptWith(taken);
            _isAsking = taken.Length > 0;
            return taken;
        }
    }
}
