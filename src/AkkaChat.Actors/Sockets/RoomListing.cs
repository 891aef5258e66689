using AkkaChat.Nodes;

namespace AkkaChat.Sockets;

/// <summary>
/// Lists a namespace's rooms over all nodes, a page at a time. Each node gives the first names behind the last page's, so
/// that of every name on the page all nodes that know it have told.
/// </summary>
internal sealed class RoomListing(Namespace owner)
{
    public const int DefaultLimit = 100;

    public const int MostPerPage = 1_000;

    public async Task<Gathered<RoomInfo>> ListAsync(string? after, int limit, string prefix, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostPerPage);
        var server = owner.Server;
        var request = new NodeRequest.ListRooms(owner.Name, after, prefix, limit);
        var answers = PeerAnswers.Of(await server.Peers.AskAsync(request, null, server.Settings.EmitTimeout, cancellationToken));
        var all = owner.Census.List(after, prefix, limit).Concat(answers.Replies.OfType<NodeReply.Rooms>().SelectMany(rooms => rooms.All));
        return new Gathered<RoomInfo>([.. Merge(all).Take(limit)], answers.Missing);
    }

    private static IEnumerable<RoomInfo> Merge(IEnumerable<RoomInfo> all) =>
        all.GroupBy(room => room.Name, room => room.Members, StringComparer.Ordinal)
            .OrderBy(counts => counts.Key, StringComparer.Ordinal)
            .Select(counts => new RoomInfo(counts.Key, counts.Sum()));
}
