using AkkaChat.Nodes;

namespace AkkaChat.Presence;

/// <summary>What another node has answered of its entries in some rooms, as far as it has come in full.</summary>
internal sealed class PresenceAnswer
{
    private readonly ILookup<PresenceKey, PresenceSnapshot> _pieces;

    private PresenceAnswer(long stamp, IEnumerable<PresenceSnapshot> pieces)
    {
        Stamp = stamp;
        _pieces = pieces.ToLookup(piece => piece.Room);
    }

    /// <summary>Up to where the node had told its changes.</summary>
    public long Stamp { get; }

    /// <summary>
    /// The answer of one node. Its parts come in order, so of one that was cut off all is there but the end: the last room, of
    /// which pieces may be missing, and those that would have followed.
    /// </summary>
    public static PresenceAnswer Of(PeerReplies replies)
    {
        List<NodeReply.Presence> parts = [.. replies.Replies.TakeWhile(reply => reply is NodeReply.Presence).Cast<NodeReply.Presence>()];
        List<PresenceSnapshot> pieces = [.. parts.SelectMany(part => part.Snapshots)];
        var isWhole = replies.Missing.Count == 0 && parts.Count == replies.Replies.Count;
        if (!isWhole && pieces is [.., var last])
        {
            pieces.RemoveAll(piece => piece.Room == last.Room);
        }

        return new PresenceAnswer(parts is [var first, ..] ? first.Stamp : 0, pieces);
    }

    /// <summary>All of the node's entries in a room; null if they have not come in full.</summary>
    public IReadOnlyCollection<PresenceEntry>? Find(PresenceKey room) =>
        _pieces.Contains(room) ? [.. _pieces[room].SelectMany(piece => piece.Entries)] : null;
}
