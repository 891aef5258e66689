namespace AkkaChat.Ownership;

/// <summary>The publishes of one relay that wait for their place, in the order of their numbers.</summary>
internal sealed class PendingPublishes(OwnershipSettings settings)
{
    private readonly LinkedList<Pending> _inOrder = new();
    private readonly Dictionary<long, LinkedListNode<Pending>> _byNumber = [];
    private long _bytes;
    private long _last;

    public bool IsEmpty => _inOrder.Count == 0;

    /// <summary>Every publish up to this number has ended.</summary>
    public long Settled => _inOrder.First is { } first ? first.Value.Number - 1 : _last;

    /// <summary>Takes a publish in; null if too many wait already.</summary>
    public Pending? Add(RoomPayload payload, TimeSpan deadline)
    {
        var tooMany = _inOrder.Count >= settings.PendingPublishes || _bytes + payload.Bytes > settings.PendingBytes;
        if (tooMany && !IsEmpty)
        {
            return null;
        }

        var pending = new Pending(++_last, payload, deadline);
        _bytes += payload.Bytes;
        _byNumber[pending.Number] = _inOrder.AddLast(pending);
        return pending;
    }

    /// <summary>Ends a publish; false if it had ended.</summary>
    public bool Remove(long number)
    {
        if (!_byNumber.Remove(number, out var node))
        {
            return false;
        }

        _bytes -= node.Value.Payload.Bytes;
        _inOrder.Remove(node);
        return true;
    }

    /// <summary>The publish that must have its place before this one; 0 if none is left that must.</summary>
    public long Before(Pending pending) => _byNumber[pending.Number].Previous?.Value.Number ?? 0;

    /// <summary>The oldest that were sent at that moment or before, or never.</summary>
    public IReadOnlyList<Pending> NotSentSince(TimeSpan moment, int limit) =>
        [.. _inOrder.Where(pending => pending.SentAt is not { } sent || sent <= moment).Take(limit)];

    /// <summary>Those whose time is over; all have the same limit, so they are the oldest.</summary>
    public IReadOnlyList<Pending> Overdue(TimeSpan now) => [.. _inOrder.TakeWhile(pending => pending.Deadline <= now)];

    /// <summary>A publish that waits.</summary>
    internal sealed record Pending(long Number, RoomPayload Payload, TimeSpan Deadline)
    {
        /// <summary>When it was last sent; null if it never left this node.</summary>
        public TimeSpan? SentAt { get; set; }
    }
}
