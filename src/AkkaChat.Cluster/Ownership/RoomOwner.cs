using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Ownership;

/// <summary>
/// The owner of one room in a cluster: first it collects the promises of all nodes (<see cref="OwnerRecovery"/>), then it
/// gives publishes their places (<see cref="OpenRoom"/>), until it hears of a later owner. It keeps nothing that the
/// relays do not have, so it may die at any moment.
/// <code>
/// Ask -> Promise of every member of the cluster -> Deliver (what was half done, the epoch is open) -> Publish -> Deliver ...
/// </code>
/// Time is an argument (monotonic, since any fixed origin), effects are return values; not thread-safe.
/// </summary>
/// <param name="self">This life of the owner; another one each time.</param>
/// <param name="settings">Time limits and bounds.</param>
internal sealed class RoomOwner(Incarnation self, OwnershipSettings settings)
{
    private readonly HashSet<Incarnation> _knocked = [];
    private List<OwnerEffect> _effects = [];
    private IReadOnlySet<string> _nodes = new HashSet<string>();
    private OwnerRecovery? _recovery;
    private OpenRoom? _room;
    private bool _isReplaced;

    public Incarnation Self { get; } = self;

    /// <summary>Whether publishes get places.</summary>
    public bool IsOpen => _room is not null && !_isReplaced;

    /// <summary>The epoch that is open, or that promises are collected for.</summary>
    public Epoch Epoch => _recovery?.Epoch ?? Epoch.None;

    /// <summary>The nodes without whose answer the room cannot open; for the log.</summary>
    public IReadOnlyList<string> Unanswered => _room is null && _recovery is { } recovery ? [.. recovery.Unanswered] : [];

    /// <summary>Whether nothing becomes due by time.</summary>
    public bool IsQuiet => _isReplaced || _room is { IsQuiet: true };

    /// <summary>
    /// Whether the owner may stop of itself: no node has members, and nobody holds anything. Relays that still live
    /// tell the next owner what they have seen, so that nothing they know goes backwards.
    /// </summary>
    public bool CanEnd => IsQuiet && (_isReplaced || _room is { HasMembers: false });

    /// <summary>Begins to collect promises.</summary>
    /// <param name="nodes">
    /// The members of the cluster from the moment they join, before they are up, until they are removed: whoever may
    /// have a relay, and nobody whom all others no longer listen to.
    /// </param>
    /// <param name="hint">The promise named by the message that made this owner start; it can save a round.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<OwnerEffect> Start(IReadOnlySet<string> nodes, Epoch hint, TimeSpan now)
    {
        _nodes = nodes;
        _recovery = new OwnerRecovery(Self, settings, nodes, hint);
        Ask(_recovery.BeginRound(now));
        return TakeEffects();
    }

    /// <summary>The members of the cluster have changed.</summary>
    public IReadOnlyList<OwnerEffect> SetNodes(IReadOnlySet<string> nodes, TimeSpan now)
    {
        _nodes = nodes;
        if (_room is not null)
        {
            _room.KeepOnly(nodes, now);
        }
        else if (_recovery is not null)
        {
            Ask(_recovery.Replace(nodes));
            OpenIfComplete(now);
        }

        return TakeEffects();
    }

    /// <summary>
    /// Another owner asks this node. The host gives this owner the message before the node's relay, and the relay gets it
    /// only if this owner has stepped down. So of two owners the lower has ended before the higher opens, and the lower
    /// cannot open while the higher lives, even if no relay is left that remembers a promise to it.
    /// </summary>
    public IReadOnlyList<OwnerEffect> OnRival(Ask ask)
    {
        if (ask.Epoch > Epoch)
        {
            StepDown();
        }
        else if (!_isReplaced)
        {
            var refuse = new Refuse(new RelayHeader(Self, Epoch, Settled: 0), ask.Epoch);
            _effects.Add(new OwnerEffect.Reply(ask.Epoch.Owner, refuse));
        }

        return TakeEffects();
    }

    /// <summary>Takes a message of a relay. Of a node that is no member it takes none.</summary>
    public IReadOnlyList<OwnerEffect> Receive(ToOwner message, TimeSpan now)
    {
        if (_isReplaced || !_nodes.Contains(message.From.Relay.Node))
        {
            return [];
        }

        if (_room is not null)
        {
            OnOpen(_room, message, now);
        }
        else if (_recovery is not null)
        {
            OnCollecting(_recovery, message, now);
        }

        return TakeEffects();
    }

    /// <summary>Does what has become due.</summary>
    public IReadOnlyList<OwnerEffect> Tick(TimeSpan now)
    {
        if (_isReplaced)
        {
            return [];
        }

        if (_room is not null)
        {
            _room.Tick(now);
        }
        else if (_recovery is not null)
        {
            Ask(_recovery.Tick(now));
        }

        return TakeEffects();
    }

    private void OnCollecting(OwnerRecovery recovery, ToOwner message, TimeSpan now)
    {
        if (message.From.Promised > recovery.Epoch)
        {
            OnOutbid(recovery, message.From.Promised, now);
            return;
        }

        if (message is Promise promise)
        {
            recovery.Take(promise);
            OpenIfComplete(now);
            return;
        }

        if (message is not Refuse)
        {
            // Nothing gets a place yet; whoever wants one sends it again when the epoch has opened.
            _knocked.Add(message.From.Relay);
        }
    }

    private void OnOutbid(OwnerRecovery recovery, Epoch promised, TimeSpan now)
    {
        if (recovery.Outbid(promised))
        {
            Ask(recovery.BeginRound(now));
        }
    }

    private void OpenIfComplete(TimeSpan now)
    {
        if (_recovery is { } recovery && recovery.IsComplete(now))
        {
            _room = OpenRoom.Recover(recovery.Epoch, recovery.Promises, settings, effect => _effects.Add(effect), now);
            var waiting = recovery.Promises.Where(promise => !promise.IsIdle).Select(promise => promise.From.Relay);
            _room.Greet(waiting.Union(_knocked.Where(relay => _nodes.Contains(relay.Node))), now);
            _knocked.Clear();
        }
    }

    private void OnOpen(OpenRoom room, ToOwner message, TimeSpan now)
    {
        if (message.From.Promised > Epoch)
        {
            // That relay takes nothing of this epoch any more.
            StepDown();
            return;
        }

        if (message is not Promise and not Refuse)
        {
            room.Receive(message, now);
        }
    }

    private void StepDown()
    {
        if (!_isReplaced)
        {
            _isReplaced = true;
            _effects.Add(OwnerEffect.StepDown.Instance);
        }
    }

    private void Ask(IEnumerable<string> nodes)
    {
        var ask = new Ask(Epoch);
        _effects.AddRange(nodes.Select(node => new OwnerEffect.AskNode(node, ask)));
    }

    private List<OwnerEffect> TakeEffects()
    {
        var effects = _effects;
        _effects = [];
        return effects;
    }
}
