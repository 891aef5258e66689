using AkkaChat.Logs;
using AkkaChat.Protocol;
using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>
/// All that a publication is for members on other nodes: plain data, without the sender's objects. Immutable.
/// </summary>
/// <param name="Packet">The packet, encoded.</param>
/// <param name="IsVolatile">Whether it is dropped for a client to which it cannot be written at once.</param>
/// <param name="Exceptions">Rooms and socket ids that take a socket out.</param>
/// <param name="SelfId">The id of the socket that sends, which is out; null if none.</param>
/// <param name="Union">What it has in common with its other copies; null if there are none.</param>
/// <param name="Receipt">What is to be noted of who gets it; null if nothing.</param>
/// <param name="Log">Its place in the room's log; null if it is in none.</param>
internal sealed record PublicationContent(
    WirePacket Packet,
    bool IsVolatile,
    IReadOnlyList<string> Exceptions,
    string? SelfId,
    PublicationUnion? Union,
    PublicationReceipt? Receipt = null,
    LogMark? Log = null)
{
    /// <summary>Puts the packet into a member's outbox, unless the member is excepted or has its copy already.</summary>
    public void Reach(IRoomMember member, Claims? claims, Recipients? recipients = null)
    {
        if (Excludes(member) || (claims is not null && !claims.TryClaim(member)))
        {
            return;
        }

        if (Log is { } mark)
        {
            member.DeliverLogged(Packet, mark);
        }
        else if (recipients is null)
        {
            member.Deliver(Packet, IsVolatile);
        }
        else
        {
            recipients.Deliver(member, Packet, IsVolatile);
        }
    }

    private bool Excludes(IRoomMember member)
    {
        foreach (var name in Exceptions)
        {
            if (member.IsIn(name))
            {
                return true;
            }
        }

        return string.Equals(member.Id, SelfId, StringComparison.Ordinal);
    }
}
