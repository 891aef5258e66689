using AkkaChat.Delivery;

namespace AkkaChat.Rooms;

/// <summary>Who is in a room, and the rule for whom a publication reaches. No actor, no clock; not thread-safe.</summary>
internal sealed class RoomMembers
{
    private readonly Dictionary<string, IRoomMember> _members = new(StringComparer.Ordinal);

    public bool IsEmpty => _members.Count == 0;

    public int Count => _members.Count;

    /// <summary>Makes it a member; false if it was one.</summary>
    public bool Join(IRoomMember member) => _members.TryAdd(member.Id, member);

    public bool Leave(IRoomMember member) => _members.Remove(member.Id);

    /// <summary>Brings an operation to every member.</summary>
    public void Receive(SelectionOperation visitor)
    {
        foreach (var member in _members.Values)
        {
            visitor.Reach(member);
        }
    }
}
