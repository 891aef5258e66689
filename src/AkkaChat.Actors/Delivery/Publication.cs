using AkkaChat.Protocol;
using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>
/// One packet on its way to all the sockets a <see cref="Selection"/> names. With several targets the first delivery
/// to a socket claims it, so that each socket gets one copy. Rooms call <see cref="DeliverTo"/> from their own threads.
/// </summary>
internal sealed class Publication(Selection selection, WirePacket packet) : Operation
{
    private readonly Claims? _claims = selection.HasSeveralTargets ? new Claims() : null;

    /// <inheritdoc/>
    public override RoomName? Target => selection.OnlyRoom;

    /// <inheritdoc/>
    public override void Start()
    {
        var rooms = selection.TargetRooms();
        Expect(rooms.Count + 1);
        foreach (var socket in selection.TargetSockets())
        {
            DeliverTo(socket);
        }

        foreach (var room in rooms)
        {
            selection.Namespace.Rooms.Tell(new RoomMessages.Publish(room, this));
        }

        Done();
        selection.Namespace.Server.Deadlines.Watch(this);
    }

    /// <summary>Delivers to a member unless it is excepted or has its copy already.</summary>
    public void DeliverTo(IRoomMember member)
    {
        if (!selection.Excludes(member) && (_claims is null || _claims.TryClaim(member)))
        {
            member.Deliver(packet, selection.IsVolatile);
        }
    }
}
