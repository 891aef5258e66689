namespace AkkaChat.Delivery;

/// <summary>
/// Which sockets of this node have their copy of a publication that comes from another node by several ways. Kept
/// until all copies have come, or as long as one can still be on its way: a room that has nobody here brings none.
/// Thread-safe.
/// </summary>
internal sealed class UnionClaims(TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Shared> _byId = [];
    private readonly Queue<(TimeSpan Since, Guid Id)> _byAge = new();

    /// <summary>The claims for one copy; null if there is no other.</summary>
    public Claims? For(PublicationUnion? union)
    {
        if (union is not { } shared)
        {
            return null;
        }

        lock (_gate)
        {
            ForgetOld();
            return Take(shared);
        }
    }

    private Claims Take(PublicationUnion union)
    {
        if (!_byId.TryGetValue(union.Id, out var known))
        {
            known = _byId[union.Id] = new Shared(union.Copies);
            _byAge.Enqueue((time.Now(), union.Id));
        }

        if (--known.Left == 0)
        {
            _byId.Remove(union.Id);
        }

        return known.Claims;
    }

    private void ForgetOld()
    {
        var limit = time.Now() - KeptFor;
        while (_byAge.TryPeek(out var oldest) && oldest.Since < limit)
        {
            _byId.Remove(_byAge.Dequeue().Id);
        }
    }

    private sealed class Shared(int copies)
    {
        public int Left { get; set; } = copies;

        public Claims Claims { get; } = new();
    }
}
