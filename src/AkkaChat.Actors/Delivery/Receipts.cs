namespace AkkaChat.Delivery;

/// <summary>
/// What is noted of publications of other nodes until their publishers ask, which they do as soon as these have their
/// places. Bounded, in number and in time: a publisher may be gone. Thread-safe.
/// </summary>
internal sealed class Receipts(TimeProvider time, TimeSpan keptFor)
{
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Recipients> _byId = [];
    private readonly Queue<(TimeSpan Since, Guid Id)> _byAge = new();

    /// <summary>The recipients of a publication; null if nobody is going to ask.</summary>
    public Recipients? For(PublicationReceipt? receipt)
    {
        if (receipt is not { } asked)
        {
            return null;
        }

        lock (_gate)
        {
            ForgetOld();
            if (!_byId.TryGetValue(asked.Id, out var known))
            {
                known = _byId[asked.Id] = new Recipients(asked.AckId);
                _byAge.Enqueue((time.Now(), asked.Id));
            }

            return known;
        }
    }

    /// <summary>Hands the recipients over to the one who asks; null if nobody here has got the publication.</summary>
    public Recipients? Take(Guid id)
    {
        lock (_gate)
        {
            return _byId.Remove(id, out var known) ? known : null;
        }
    }

    private void ForgetOld()
    {
        var limit = time.Now() - keptFor;
        while (_byAge.TryPeek(out var oldest) && (oldest.Since < limit || _byAge.Count > Most))
        {
            _byAge.Dequeue();
            if (_byId.Remove(oldest.Id, out var forgotten))
            {
                forgotten.Forget();
            }
        }
    }
}
