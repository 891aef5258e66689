using AkkaChat.Logs;
using AkkaChat.Nodes;
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
    public override string Overdue => Selection.TargetsElsewhere().Count == 0
        ? base.Overdue
        : "Nobody knows whether it arrived everywhere: a room or a node did not confirm the emit";

    /// <summary>What other nodes have to note; null if nothing.</summary>
    protected virtual PublicationReceipt? Receipt => null;

    /// <summary>Its place in the room's log; null if it is in none.</summary>
    protected virtual LogMark? Log => null;

    /// <inheritdoc/>
    public override void Reach(IRoomMember member)
    {
        if (!Selection.Excludes(member) && (_claims is null || _claims.TryClaim(member)))
        {
            DeliverTo(member, packet);
        }
    }

    /// <inheritdoc/>
    public override PublicationContent? Describe() => Selection.IsLocal ? null : Content();

    /// <summary>Puts the packet into the socket's outbox.</summary>
    protected virtual void DeliverTo(IRoomMember member, WirePacket content) => member.Deliver(content, Selection.Options.IsVolatile);

    /// <inheritdoc/>
    protected override Task ReachElsewhere()
    {
        var ids = Selection.TargetsElsewhere();
        return ids.Count == 0 ? Task.CompletedTask : ReachAsync(ids);
    }

    private async Task ReachAsync(IReadOnlyDictionary<string, List<string>> ids)
    {
        var server = Selection.Namespace.Server;
        var limit = server.Settings.EmitTimeout;
        var content = Content();
        var replies = await Task.WhenAll(ids.Select(node => server.Peers.AskAsync(
            new NodeRequest.Deliver(Selection.Namespace.Name, node.Value, content), [node.Key], limit, CancellationToken.None)));
        PeerAnswers.Of(replies).ThrowIfMissing($"have not confirmed the emit within {limit.TotalSeconds:0.###} s. Nobody knows whether it arrived");
    }

    private PublicationContent Content() => _content ??= new PublicationContent(
        packet, Selection.Options.IsVolatile, Selection.Exceptions, Selection.Self?.Id, UnionOfCopies(), Receipt, Log);

    private PublicationUnion? UnionOfCopies()
    {
        var copies = Selection.TargetRooms().Count + (Selection.TargetsElsewhere().Count > 0 ? 1 : 0);
        return copies > 1 ? new PublicationUnion(Guid.NewGuid(), copies) : null;
    }
}
