using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Ownership;

/// <summary>
/// One node's part in one room of a cluster: brings the room's entries to the node's members in their one order, each
/// once, and keeps the node's publishes until it has seen them in their places. What it holds beyond the stable point
/// is what a new owner starts from, so it must live until <see cref="CanEnd"/>, whatever its actor does.
/// <code>
/// Attend -> Attending: the first member is in         Publish -> Deliver: the publish is confirmed
/// Ask -> Promise: nothing of a lower epoch is taken any more, and nothing at all until the new epoch opens
/// </code>
/// Time is an argument (monotonic, since any fixed origin), effects are return values; not thread-safe.
/// </summary>
internal sealed class RoomRelay(Incarnation self, OwnershipSettings settings)
{
    private readonly Attendance _attendance = new();
    private readonly PendingPublishes _pending = new(settings);
    private readonly RoomTail _tail = new();
    private readonly Acknowledgements _acknowledgements = new(settings);
    private List<RelayEffect> _effects = [];
    private Epoch _promised;
    private Epoch _opened;
    private TimeSpan _promisedAt;
    private long _delivered;
    private TimeSpan? _attendSentAt;
    private TimeSpan? _askedAt;
    private TimeSpan _heardAt;
    private long _askedFrom = -1;

    public Incarnation Self { get; } = self;

    /// <summary>Whether nothing becomes due by time: the host needs no timer until something else happens.</summary>
    public bool IsQuiet => !NeedsOwner && !_acknowledgements.ArePending;

    private bool IsFrozen => _promised != _opened;

    private bool HasGap => _attendance.HasMembers && _tail.Highest > _delivered;

    private bool NeedsOwner =>
        !_attendance.IsConfirmed || !_pending.IsEmpty || !_tail.IsEmpty || (_attendance.HasMembers && IsFrozen);

    private RelayHeader Header => new(Self, _promised, _pending.Settled);

    /// <summary>
    /// Whether the relay may be dropped without harm: nobody is in, nothing waits, nothing is held for a new owner, and
    /// no owner counts on its promise.
    /// </summary>
    public bool CanEnd(TimeSpan now) =>
        !_attendance.IsWanted && !NeedsOwner && (!IsFrozen || now - _promisedAt > settings.PromiseFor);

    /// <summary>Whether nobody here is going to get a delivery up to that place any more: all are made, or nobody is in or about to be.</summary>
    public bool HasDelivered(long sequence) => !_attendance.IsWanted || (_attendance.IsConfirmed && _delivered >= sequence);

    /// <summary>A socket of this node joins.</summary>
    public IReadOnlyList<RelayEffect> Join(string member, TimeSpan now)
    {
        var version = _attendance.Version;
        if (_attendance.Join(member, now + settings.EmitTimeout))
        {
            _effects.Add(new RelayEffect.Joined(member));
        }

        SendIfChanged(version, now);
        return TakeEffects();
    }

    /// <summary>A socket of this node leaves; that takes effect at once.</summary>
    public IReadOnlyList<RelayEffect> Leave(string member, TimeSpan now)
    {
        var version = _attendance.Version;
        _attendance.Leave(member);
        SendIfChanged(version, now);
        return TakeEffects();
    }

    /// <summary>
    /// Takes a publish of this node; its number comes back in <see cref="RelayEffect.Confirmed"/> or
    /// <see cref="RelayEffect.Failed"/>. Number 0: too many wait already, it has failed and never left this node.
    /// </summary>
    public IReadOnlyList<RelayEffect> Publish(RoomPayload payload, TimeSpan now, out long number)
    {
        var pending = _pending.Add(payload, now + settings.EmitTimeout);
        number = pending?.Number ?? 0;
        if (pending is not null && !IsFrozen)
        {
            Send(pending, now);
        }

        return TakeEffects();
    }

    /// <summary>Takes a message of an owner.</summary>
    public IReadOnlyList<RelayEffect> Receive(ToRelay message, TimeSpan now)
    {
        if (message is Ask ask)
        {
            OnAsk(ask, now);
        }
        else if (TryFollow(message.Epoch, out var isNew))
        {
            _heardAt = now;
            OnCurrent(message, now);
            RepeatAll(isNew, now);
        }

        return TakeEffects();
    }

    /// <summary>Does what has become due.</summary>
    public IReadOnlyList<RelayEffect> Tick(TimeSpan now)
    {
        FailOverdue(now);
        Repeat(now);
        AcknowledgeIfDue(now);
        return TakeEffects();
    }

    private void OnAsk(Ask ask, TimeSpan now)
    {
        if (ask.Epoch < _promised)
        {
            Reply(ask.Epoch, new Refuse(Header, ask.Epoch));
            return;
        }

        _promised = ask.Epoch;
        _promisedAt = _heardAt = now;
        var isIdle = !NeedsOwner && !_attendance.IsWanted;
        Reply(ask.Epoch, new Promise(
            Header, ask.Epoch, _attendance.LastConfirmed, _attendance.HasMembers, _delivered, _tail.Stable, isIdle, _tail.InOrder));
    }

    /// <summary>
    /// Whether a message is of the owner that counts: the one that was promised, for another does not know what this relay
    /// holds. A relay that has followed nobody yet holds nothing, and may follow whoever is not too low; its promise may
    /// be to an owner that had ended when the relay was made.
    /// </summary>
    private bool TryFollow(Epoch epoch, out bool isNew)
    {
        isNew = _opened != epoch;
        if (epoch != _promised && (epoch < _promised || _opened != Epoch.None))
        {
            return false;
        }

        _promised = _opened = epoch;
        return true;
    }

    private void OnCurrent(ToRelay message, TimeSpan now)
    {
        switch (message)
        {
            case Deliver deliver:
                OnDeliver(deliver, now);
                break;
            case Attending attending:
                OnAttending(attending, now);
                break;
            case Resume:
                SendPending(now, settings.WindowEntries, notSentSince: now);
                break;
        }
    }

    private void OnDeliver(Deliver deliver, TimeSpan now)
    {
        foreach (var entry in deliver.Entries)
        {
            _tail.Hold(entry);
            if (!_attendance.HasMembers || entry.Sequence <= _delivered)
            {
                ConfirmOwn(entry);
            }
        }

        DeliverReady();
        _tail.TrimTo(deliver.Stable);
        if (deliver.Entries.Count > 0)
        {
            _acknowledgements.Add(deliver.Entries.Count, now);
            AcknowledgeIfDue(now);
        }

        if (HasGap && _askedFrom != _delivered)
        {
            AskForMore(now);
        }
    }

    private void OnAttending(Attending attending, TimeSpan now)
    {
        if (attending.Version != _attendance.Version || _attendance.IsConfirmed)
        {
            return;
        }

        _delivered = attending.Position;
        foreach (var member in _attendance.Confirm())
        {
            _effects.Add(new RelayEffect.Joined(member));
        }

        if (_attendance.HasMembers)
        {
            DeliverReady();
            _acknowledgements.Add(1, now);
        }
    }

    private void DeliverReady()
    {
        while (_attendance.HasMembers && _tail.TryGet(_delivered + 1, out var entry))
        {
            _delivered++;
            if (entry.Payload is not null)
            {
                _effects.Add(new RelayEffect.Deliver(entry));
                ConfirmOwn(entry);
            }
        }
    }

    private void ConfirmOwn(RoomEntry entry)
    {
        if (entry.Origin.Relay == Self && _pending.Remove(entry.Origin.Number))
        {
            _effects.Add(new RelayEffect.Confirmed(entry.Origin.Number, entry.Sequence));
        }
    }

    private void FailOverdue(TimeSpan now)
    {
        foreach (var publish in _pending.Overdue(now))
        {
            _pending.Remove(publish.Number);
            _effects.Add(new RelayEffect.Failed(publish.Number, publish.SentAt is not null));
        }

        var version = _attendance.Version;
        _effects.AddRange(_attendance.FailOverdue(now).Select(member => new RelayEffect.JoinFailed(member)));
        SendIfChanged(version, now);
    }

    /// <summary>An epoch has opened: what the owner before it may not have got goes to this one.</summary>
    private void RepeatAll(bool isNew, TimeSpan now)
    {
        if (!isNew)
        {
            return;
        }

        if (!_attendance.IsConfirmed)
        {
            SendAttend(now);
        }

        SendPending(now, settings.WindowEntries, notSentSince: now);
    }

    private void Repeat(TimeSpan now)
    {
        var longAgo = now - settings.RetryAfter;
        if (!_attendance.IsConfirmed && _attendSentAt <= longAgo)
        {
            SendAttend(now);
        }

        if (!IsFrozen)
        {
            SendPending(now, settings.RepeatBatch, notSentSince: longAgo);
        }

        // Frozen, its owner may have died before it opened the epoch; asking makes sharding start the next one.
        var isSilent = NeedsOwner && _heardAt <= longAgo && (IsFrozen || !_tail.IsEmpty);
        if ((isSilent || HasGap) && (_askedAt is not { } asked || asked <= longAgo))
        {
            AskForMore(now);
        }
    }

    private void SendPending(TimeSpan now, int limit, TimeSpan notSentSince)
    {
        foreach (var pending in _pending.NotSentSince(notSentSince, limit))
        {
            Send(pending, now);
        }
    }

    private void Send(PendingPublishes.Pending pending, TimeSpan now)
    {
        pending.SentAt = now;
        Send(new Publish(Header, pending.Number, _pending.Before(pending), pending.Payload));
    }

    /// <summary>
    /// Sends word of a change between members and none. With the last member gone nothing is delivered any more, so
    /// what is held of the node's own publishes is confirmed as it is: in its place, though with a gap before it.
    /// </summary>
    private void SendIfChanged(int version, TimeSpan now)
    {
        if (_attendance.Version == version)
        {
            return;
        }

        foreach (var entry in _tail.InOrder)
        {
            ConfirmOwn(entry);
        }

        SendAttend(now);
    }

    private void SendAttend(TimeSpan now)
    {
        _attendSentAt = now;
        Send(new Attend(Header, _attendance.Version, _attendance.IsWanted));
    }

    private void AskForMore(TimeSpan now)
    {
        _askedAt = now;
        _askedFrom = _delivered;
        Send(new Acknowledge(Header, _delivered, Asks: true));
    }

    private void AcknowledgeIfDue(TimeSpan now)
    {
        if (_acknowledgements.AreDue(now))
        {
            _acknowledgements.Clear();
            Reply(_opened, new Acknowledge(Header, _delivered, Asks: false));
        }
    }

    private void Send(ToOwner message) => _effects.Add(new RelayEffect.Send(message));

    private void Reply(Epoch epoch, ToOwner message) => _effects.Add(new RelayEffect.Reply(epoch.Owner, message));

    private List<RelayEffect> TakeEffects()
    {
        var effects = _effects;
        _effects = [];
        return effects;
    }
}
