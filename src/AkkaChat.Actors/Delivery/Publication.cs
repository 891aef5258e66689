using AkkaChat.Protocol;
using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>
/// One packet on its way to all the sockets a <see cref="Selection"/> names. With several targets the first delivery
/// to a socket claims it, so that each socket gets one copy.
/// </summary>
internal class Publication(Selection selection, WirePacket packet) : SelectionOperation(selection)
{
    private readonly Claims? _claims = selection.HasSeveralTargets ? new Claims() : null;

    /// <inheritdoc/>
    public override void Reach(IRoomMember member)
    {
        if (!Selection.Excludes(member) && (_claims is null || _claims.TryClaim(member)))
        {
            DeliverTo(member);
        }
    }

    /// <summary>Puts the packet into the socket's outbox.</summary>
    protected virtual void DeliverTo(IRoomMember member) => member.Deliver(packet, Selection.Options.IsVolatile);
}
