using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>Which sockets already have their copy of a publication that goes to several rooms. Thread-safe.</summary>
internal sealed class Claims
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);

    /// <summary>True for the first caller with that member.</summary>
    public bool TryClaim(IRoomMember member)
    {
        lock (_gate)
        {
            return _claimed.Add(member.Id);
        }
    }
}
