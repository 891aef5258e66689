using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Ownership;

/// <summary>
/// A room in an open epoch: gives publishes their places, sends each entry once to every node that has members and to
/// the one it came from, repeats what is not acknowledged, and tells what is stable. Not thread-safe.
/// </summary>
internal sealed class OpenRoom
{
    private readonly Epoch _epoch;
    private readonly OwnershipSettings _settings;
    private readonly Action<OwnerEffect> _emit;
    private readonly RoomLog _log;
    private readonly Dictionary<string, KnownRelay> _relays;
    private readonly HashSet<string> _refused = [];

    private OpenRoom(
        Epoch epoch, RoomLog log, Dictionary<string, KnownRelay> relays, OwnershipSettings settings, Action<OwnerEffect> emit)
    {
        _epoch = epoch;
        _log = log;
        _relays = relays;
        _settings = settings;
        _emit = emit;
    }

    public bool HasMembers => _relays.Values.Any(relay => relay.HasMembers);

    /// <summary>Whether everybody has everything and knows it.</summary>
    public bool IsQuiet =>
        _log.First is null && !_relays.Values.Any(relay => relay.Owes(_log.Last) || relay.MayTrim(_log.Stable));

    /// <summary>
    /// The room as its relays know it. What any of them holds has its place already, and keeps it. A place that nobody
    /// holds stays empty: whoever may have seen something there has gone with its node.
    /// </summary>
    public static OpenRoom Recover(
        Epoch epoch, IReadOnlyCollection<Promise> promises, OwnershipSettings settings, Action<OwnerEffect> emit, TimeSpan now)
    {
        var held = new Dictionary<long, RoomEntry>();
        foreach (var entry in promises.SelectMany(promise => promise.Held))
        {
            held.TryAdd(entry.Sequence, entry);
        }

        var stable = promises.Select(promise => promise.Stable).DefaultIfEmpty().Max();
        var last = promises.Select(promise => promise.Delivered).Concat(held.Keys).Append(stable).Max();
        var log = new RoomLog(stable, settings);
        for (var sequence = stable + 1; sequence <= last; sequence++)
        {
            log.Add(held.GetValueOrDefault(sequence) ?? RoomEntry.Empty(sequence));
        }

        var relays = promises.ToDictionary(promise => promise.From.Relay.Node, promise => Know(promise, held.Values, now));
        var room = new OpenRoom(epoch, log, relays, settings, emit);
        room.Advance();
        return room;
    }

    /// <summary>Tells relays that the epoch is open, with what they lack.</summary>
    public void Greet(IEnumerable<Incarnation> relays, TimeSpan now)
    {
        foreach (var relay in relays)
        {
            Repeat(Know(relay), now);
        }
    }

    /// <summary>Forgets the nodes that are no members of the cluster any more.</summary>
    public void KeepOnly(IReadOnlySet<string> nodes, TimeSpan now)
    {
        foreach (var gone in _relays.Keys.Where(node => !nodes.Contains(node)).ToList())
        {
            _relays.Remove(gone);
        }

        AdvanceAndResume(now);
    }

    public void Receive(ToOwner message, TimeSpan now)
    {
        var relay = Know(message.From.Relay);
        if (relay.Relay != message.From.Relay)
        {
            // Of an earlier relay of that node, and everything it wanted has ended.
            return;
        }

        relay.Settled = Math.Max(relay.Settled, message.From.Settled);
        switch (message)
        {
            case Publish publish:
                OnPublish(relay, publish, now);
                break;
            case Attend attend:
                OnAttend(relay, attend, now);
                break;
            case Acknowledge acknowledge:
                OnAcknowledge(relay, acknowledge, now);
                break;
            case Ended:
                relay.HasMembers = false;
                relay.Sent = relay.ToldStable;
                break;
        }

        AdvanceAndResume(now);
    }

    public void Tick(TimeSpan now)
    {
        foreach (var relay in _relays.Values)
        {
            if (relay.Owes(_log.Last) && now - relay.WaitingSince >= _settings.RetryAfter)
            {
                Repeat(relay, now);
            }
            else if (relay.MayTrim(_log.Stable) && now - relay.SentAt >= _settings.AcknowledgeAfter)
            {
                Send(relay, [], now);
            }
        }
    }

    private static KnownRelay Know(Promise promise, IEnumerable<RoomEntry> held, TimeSpan now)
    {
        var relay = promise.From.Relay;
        var placed = held.Where(entry => entry.Origin.Relay == relay).Select(entry => entry.Origin.Number).DefaultIfEmpty().Max();
        return new KnownRelay(relay)
        {
            Version = promise.Version,
            HasMembers = promise.HasMembers,
            Position = promise.Delivered,
            Delivered = promise.Delivered,
            Settled = promise.From.Settled,
            Placed = Math.Max(placed, promise.From.Settled),
            Sent = promise.Held.Count > 0 ? promise.Held[^1].Sequence : promise.Stable,
            ToldStable = promise.Stable,
            WaitingSince = now,
        };
    }

    /// <summary>A relay with a higher number replaces the node's earlier one, which has ended.</summary>
    private KnownRelay Know(Incarnation relay)
    {
        if (!_relays.TryGetValue(relay.Node, out var known) || known.Relay.Number < relay.Number)
        {
            _relays[relay.Node] = known = new KnownRelay(relay);
        }

        return known;
    }

    private void OnPublish(KnownRelay origin, Publish publish, TimeSpan now)
    {
        if (publish.Number <= origin.Placed)
        {
            // A repetition: either what it wants to see has been lost, or it is old and its place is settled.
            if (_log.Find(new PublishId(origin.Relay, publish.Number)) is { } entry)
            {
                Send(origin, [entry], now);
            }
        }
        else if (_log.IsFull)
        {
            _refused.Add(origin.Relay.Node);
        }
        else if (publish.After <= origin.Placed && publish.Number > origin.Settled)
        {
            Place(origin, publish, now);
        }
    }

    private void Place(KnownRelay origin, Publish publish, TimeSpan now)
    {
        var entry = new RoomEntry(_log.Last + 1, new PublishId(origin.Relay, publish.Number), publish.Payload);
        var deliver = new Deliver(_epoch, _log.Stable, [entry]); // one for all, so that it is serialized once
        foreach (var relay in _relays.Values.Where(relay => relay.HasMembers || relay == origin))
        {
            relay.WaitingSince = relay.Owes(_log.Last) ? relay.WaitingSince : now;
            Send(relay, deliver, now);
        }

        _log.Add(entry);
        origin.Placed = publish.Number;
    }

    private void OnAttend(KnownRelay relay, Attend attend, TimeSpan now)
    {
        if (attend.Version < relay.Version)
        {
            return;
        }

        if (attend.Version > relay.Version)
        {
            relay.Version = attend.Version;
            relay.HasMembers = attend.HasMembers;
            relay.Position = relay.Delivered = _log.Last;
        }

        relay.SentAt = now;
        _emit(new OwnerEffect.Send(relay.Relay, new Attending(_epoch, relay.Version, relay.Position)));
    }

    private void OnAcknowledge(KnownRelay relay, Acknowledge acknowledge, TimeSpan now)
    {
        if (acknowledge.Delivered > relay.Delivered)
        {
            relay.Delivered = acknowledge.Delivered;
            relay.WaitingSince = now;
        }

        if (acknowledge.Asks)
        {
            Repeat(relay, now);
        }
    }

    /// <summary>Moves the stable point over everything that all have: each node with members, and the one it came from.</summary>
    private void Advance()
    {
        var delivered = _relays.Values.Where(relay => relay.HasMembers).Select(relay => relay.Delivered).DefaultIfEmpty(long.MaxValue).Min();
        while (_log.First is { } first && first.Sequence <= delivered && IsSettled(first))
        {
            _log.Settle();
        }
    }

    private bool IsSettled(RoomEntry entry) =>
        entry.Payload is null
        || !_relays.TryGetValue(entry.Origin.Relay.Node, out var origin)
        || origin.Relay != entry.Origin.Relay
        || origin.Settled >= entry.Origin.Number;

    private void AdvanceAndResume(TimeSpan now)
    {
        Advance();
        if (_refused.Count == 0 || _log.IsFull)
        {
            return;
        }

        foreach (var relay in _relays.Values.Where(relay => _refused.Contains(relay.Relay.Node)))
        {
            relay.SentAt = now;
            _emit(new OwnerEffect.Send(relay.Relay, new Resume(_epoch)));
        }

        _refused.Clear();
    }

    /// <summary>Sends what a relay lacks as far as is known, or else what is stable.</summary>
    private void Repeat(KnownRelay relay, TimeSpan now)
    {
        relay.WaitingSince = now;
        Send(relay, relay.HasMembers
            ? _log.After(relay.Delivered, _settings.RepeatBatch)
            : _log.Of(relay.Relay, relay.Settled, _settings.RepeatBatch), now);
    }

    private void Send(KnownRelay relay, IReadOnlyList<RoomEntry> entries, TimeSpan now) =>
        Send(relay, new Deliver(_epoch, _log.Stable, entries), now);

    private void Send(KnownRelay relay, Deliver deliver, TimeSpan now)
    {
        relay.SentAt = now;
        relay.ToldStable = deliver.Stable;
        relay.Sent = deliver.Entries.Count > 0 ? Math.Max(relay.Sent, deliver.Entries[^1].Sequence) : relay.Sent;
        _emit(new OwnerEffect.Send(relay.Relay, deliver));
    }
}
