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
    private PublicationContent? _content;

    /// <inheritdoc/>
    public override void Reach(IRoomMember member)
    {
        if (!Selection.Excludes(member) && (_claims is null || _claims.TryClaim(member)))
        {
            DeliverTo(member);
        }
    }

    /// <inheritdoc/>
    public override PublicationContent? Describe() => _content ??= new PublicationContent(
        packet, Selection.Options.IsVolatile, Selection.Exceptions, Selection.Self?.Id, UnionOf(Selection.TargetRooms().Count));

    /// <summary>Puts the packet into the socket's outbox.</summary>
    protected virtual void DeliverTo(IRoomMember member) => member.Deliver(packet, Selection.Options.IsVolatile);

    private static PublicationUnion? UnionOf(int rooms) => rooms > 1 ? new PublicationUnion(Guid.NewGuid(), rooms) : null;
}
