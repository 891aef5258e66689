using AkkaChat.Host.Accounts;
using AkkaChat.Host.Messages;

namespace AkkaChat.Host.Administration;

/// <summary>Who is connected, on all nodes. Thread-safe.</summary>
internal sealed class SiteConnections(IAkkaChat io, AccountStore accounts)
{
    private const string NodeQuestion = "chat:node";
    private const int Shown = 1000;

    /// <summary>Answers other nodes that count nodes. Before the server starts.</summary>
    public void Map() => io.OnServerEvent(NodeQuestion, _ => Task.FromResult<object?>(true));

    /// <summary>How many sockets each of them has.</summary>
    public async Task<IReadOnlyList<int>> CountAsync(IEnumerable<string> accountIds) =>
        [.. (await Task.WhenAll(accountIds.Select(id => io.ToUser(id).CountAsync()))).Select(count => count.Sockets)];

    /// <summary>How many nodes there are.</summary>
    public async Task<int> CountNodesAsync()
    {
        var answers = await io.EmitToServersAsync(NodeQuestion);
        return 1 + answers.Count + answers.MissingNodes.Count;
    }

    /// <summary>How many people are connected, and the connections, the newest first, as many as one can look at.</summary>
    public async Task<(int Online, IReadOnlyList<AdminRequests.Connection> Connections)> ListAsync()
    {
        var sockets = (await io.FetchSocketsAsync()).Where(socket => socket.UserId is not null).ToList();
        var shown = sockets.OrderByDescending(socket => socket.Handshake.Time).Take(Shown).ToList();
        var people = await accounts.PeopleAsync(shown.Select(socket => socket.UserId!).ToHashSet());
        var known = people.ToDictionary(person => person.Id);
        var online = sockets.Select(socket => socket.UserId).Distinct().Count();
        return (online, [.. shown.Where(socket => known.ContainsKey(socket.UserId!)).Select(socket => Show(socket, known[socket.UserId!]))]);
    }

    private AdminRequests.Connection Show(RemoteSocket socket, Person person) => new(
        socket.Id, person, socket.Handshake.Time.ToUnixTimeMilliseconds(), TransportOf(socket), socket.Rooms.Count(room => RoomChanges.RoomOf(room) is not null));

    /// <summary>Of another node's socket one knows by what it began, not whether it has been upgraded.</summary>
    private string TransportOf(RemoteSocket socket) =>
        io.Find(socket.Id)?.Transport ?? socket.Handshake.Query.GetValueOrDefault("transport") ?? "";
}
