namespace AkkaChat.Membership;

/// <summary>A question to some nodes, and what has come back. Completes when nobody is waited for. Thread-safe.</summary>
internal sealed class PeerQuestion
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _partsOf = new(StringComparer.Ordinal);
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly List<string> _missing = [];
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when all nodes that were asked have answered or count no more.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Says who is asked; those that cannot be heard at present are missing from the start.</summary>
    public void Begin(IReadOnlyCollection<string> nodes, IEnumerable<string> unreachable)
    {
        lock (_gate)
        {
            foreach (var node in nodes)
            {
                _partsOf[node] = 0;
            }

            _missing.AddRange(unreachable);
            SettleIfComplete();
        }
    }

    /// <summary>
    /// A part of a node's answer. Parts that come out of order would be parts that have been lost: the node is missing then.
    /// </summary>
    /// <returns>Whether the question is settled.</returns>
    public bool Take(string node, int part, bool isLast, ReadOnlyMemory<byte> body)
    {
        lock (_gate)
        {
            if (!_partsOf.TryGetValue(node, out var expected))
            {
                return _settled.Task.IsCompleted;
            }

            if (part != expected)
            {
                _missing.Add(node);
                isLast = true;
            }
            else if (!body.IsEmpty)
            {
                _parts.Add(body);
            }

            _partsOf[node] = part + 1;
            return isLast ? End(node) : _settled.Task.IsCompleted;
        }
    }

    /// <summary>A node has left; it has nothing more to say, and is not missed.</summary>
    /// <returns>Whether the question is settled.</returns>
    public bool Leave(string node)
    {
        lock (_gate)
        {
            return End(node);
        }
    }

    /// <summary>What has come, and the names of the nodes that are missing, by now.</summary>
    public (IReadOnlyList<ReadOnlyMemory<byte>> Parts, IReadOnlyList<string> Missing) Result()
    {
        lock (_gate)
        {
            return ([.. _parts], [.. _missing, .. _partsOf.Keys]);
        }
    }

    private bool End(string node)
    {
        _partsOf.Remove(node);
        SettleIfComplete();
        return _settled.Task.IsCompleted;
    }

    private void SettleIfComplete()
    {
        if (_partsOf.Count == 0)
        {
            _settled.TrySetResult();
        }
    }
}
