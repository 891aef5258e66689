namespace AkkaChat.Ownership;

/// <summary>When a relay acknowledges: after a while, so that several deliveries share one message, or when they are many.</summary>
internal sealed class Acknowledgements(OwnershipSettings settings)
{
    private TimeSpan? _due;
    private int _count;

    public bool ArePending => _due is not null;

    public bool AreDue(TimeSpan now) => _count >= settings.AcknowledgeEvery || _due <= now;

    public void Add(int count, TimeSpan now)
    {
        _count += count;
        _due ??= now + settings.AcknowledgeAfter;
    }

    public void Clear()
    {
        _count = 0;
        _due = null;
    }
}
