using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>
/// Brings what other nodes publish to sockets of this one, whichever way it comes: each socket gets one copy, and what a
/// publisher is going to ask is noted. Thread-safe.
/// </summary>
internal sealed class ForeignPublications(TimeProvider time, TimeSpan callTimeout)
{
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    private readonly UnionClaims _unions = new(time);

    /// <summary>Who has got those that somebody is going to ask for.</summary>
    public Receipts Receipts { get; } = new(time, callTimeout + Reserve);

    public void Deliver(PublicationContent content, IEnumerable<IRoomMember> members)
    {
        var claims = _unions.For(content.Union);
        var recipients = Receipts.For(content.Receipt);
        foreach (var member in members)
        {
            content.Reach(member, claims, recipients);
        }
    }
}
