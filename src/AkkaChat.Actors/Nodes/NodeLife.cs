namespace AkkaChat.Nodes;

/// <summary>What a node tells those who ask whether to send clients to it. Thread-safe.</summary>
internal sealed class NodeLife
{
    private volatile bool _isStarted;
    private volatile bool _isDraining;

    /// <summary>Whether it is about to end, and no load balancer should send anybody any more.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Whether it has started and is not about to end.</summary>
    public bool TakesSessions => _isStarted && !_isDraining;

    public void Start() => _isStarted = true;

    public void Drain() => _isDraining = true;
}
