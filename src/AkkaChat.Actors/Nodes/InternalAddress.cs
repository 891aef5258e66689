namespace AkkaChat.Nodes;

/// <summary>Where this node takes requests that others hand on, once it does. Thread-safe.</summary>
internal sealed class InternalAddress
{
    private volatile Uri? _value;

    /// <summary>The address; null if it takes none, or not yet.</summary>
    public Uri? Value
    {
        get => _value;
        set => _value = value;
    }
}
