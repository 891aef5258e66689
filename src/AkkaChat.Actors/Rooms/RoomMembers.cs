using AkkaChat.Delivery;

namespace AkkaChat.Rooms;

/// <summary>Who is in a room, and the rule for whom a publication reaches. No actor, no clock; not thread-safe.</summary>
internal sealed class RoomMembers
{
    private readonly Dictionary<string, IRoomMember> _members = new(StringComparer.Ordinal);

    public bool IsEmpty => _members.Count == 0;

    public int Count => _members.Count;

    public void Join(IRoomMember member) => _members[member.Id] = member;

    public bool Leave(IRoomMember member) => _members.Remove(member.Id);

    public void Deliver(Publication publication)
    {
        foreach (var member in _members.Values)
        {
            publication.DeliverTo(member);
        }
    }

    public void Collect(IdCollection collection)
    {
        foreach (var member in _members.Values)
        {
            collection.Offer(member);
        }
    }
}
