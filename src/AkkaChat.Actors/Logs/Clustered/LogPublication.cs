using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Rooms;

namespace AkkaChat.Logs.Clustered;

/// <summary>A message of a log on its way to the room's members, who see by its mark whether they have had it.</summary>
internal sealed class LogPublication(Selection room, WirePacket packet, LogMark mark) : Publication(room, packet)
{
    private long _sequence;

    /// <summary>Its place in the room's order, once it has one; 0 before.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <inheritdoc/>
    protected override LogMark? Log => mark;

    /// <inheritdoc/>
    public override void OnPlaced(RoomName room, long sequence) => Volatile.Write(ref _sequence, sequence);

    /// <inheritdoc/>
    protected override void DeliverTo(IRoomMember member, WirePacket content) => member.DeliverLogged(content, mark);
}
