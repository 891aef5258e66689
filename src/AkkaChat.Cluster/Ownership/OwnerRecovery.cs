using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Ownership;

/// <summary>
/// How a new owner comes to its epoch: every member of the cluster promises to take nothing of a lower one, and says
/// what it holds. An answer is needed of each, for any of them may be the only one that has the last entry; a node that
/// stays silent while it is a member therefore keeps the room closed. Not thread-safe.
/// </summary>
internal sealed class OwnerRecovery
{
    private readonly Incarnation _self;
    private readonly OwnershipSettings _settings;
    private readonly Dictionary<string, Promise> _promises = [];
    private IReadOnlySet<string> _nodes;
    private long _nextNumber;
    private int _rounds;
    private bool _isOutbid;
    private TimeSpan _roundAt;
    private TimeSpan _askedAt;

    public OwnerRecovery(Incarnation self, OwnershipSettings settings, IReadOnlySet<string> nodes, Epoch hint)
    {
        _self = self;
        _settings = settings;
        _nodes = nodes;
        _nextNumber = hint.Number + 1;
    }

    /// <summary>The epoch that promises are collected for.</summary>
    public Epoch Epoch { get; private set; }

    public IReadOnlyCollection<Promise> Promises => _promises.Values;

    /// <summary>The nodes it waits for.</summary>
    public IEnumerable<string> Unanswered => _nodes.Where(node => !_promises.ContainsKey(node));

    /// <summary>
    /// Whether all have promised, and recently enough that none can have ended in between: then all promises were held
    /// at one moment, and from there on no earlier owner can reach anybody.
    /// </summary>
    public bool IsComplete(TimeSpan now) => !Unanswered.Any() && !IsStale(now);

    /// <summary>Begins a round with a higher epoch; gives whom to ask.</summary>
    public IReadOnlyList<string> BeginRound(TimeSpan now)
    {
        Epoch = new Epoch(_nextNumber++, _self);
        _promises.Clear();
        _rounds++;
        _isOutbid = false;
        _roundAt = _askedAt = now;
        return [.. _nodes];
    }

    /// <summary>Takes an answer; late ones of other rounds count for nothing.</summary>
    public void Take(Promise promise)
    {
        if (promise.Epoch == Epoch && _nodes.Contains(promise.From.Relay.Node))
        {
            _promises[promise.From.Relay.Node] = promise;
        }
    }

    /// <summary>
    /// A relay has promised a higher epoch; true if a round above it may begin at once. That is so for the first round
    /// only, which knew nothing: two owners that outbid each other without a pause would never come to an end.
    /// </summary>
    public bool Outbid(Epoch promised)
    {
        _isOutbid |= promised > Epoch;
        _nextNumber = Math.Max(_nextNumber, promised.Number + 1);
        return _isOutbid && _rounds == 1;
    }

    /// <summary>The members of the cluster have changed; gives whom to ask.</summary>
    public IReadOnlyList<string> Replace(IReadOnlySet<string> nodes)
    {
        string[] added = [.. nodes.Where(node => !_nodes.Contains(node))];
        _nodes = nodes;
        foreach (var gone in _promises.Keys.Where(node => !nodes.Contains(node)).ToList())
        {
            _promises.Remove(gone);
        }

        return added;
    }

    /// <summary>Gives whom to ask again, if anybody.</summary>
    public IReadOnlyList<string> Tick(TimeSpan now)
    {
        if (now - _askedAt < _settings.RetryAfter)
        {
            return [];
        }

        if (_isOutbid || IsStale(now))
        {
            return BeginRound(now);
        }

        _askedAt = now;
        return [.. Unanswered];
    }

    private bool IsStale(TimeSpan now) => now - _roundAt > _settings.PromiseFor / 2;
}
