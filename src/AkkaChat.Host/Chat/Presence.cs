using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace AkkaChat.Host.Chat;

/// <summary>
/// Who is connected, and who is in which room, on all nodes of a cluster. It keeps nothing that could differ from node to
/// node: names and clients are rooms of the server like those of the chat, and whoever wants to know asks it. Thread-safe.
/// </summary>
internal sealed class Presence(IAkkaChat io, TimeProvider time)
{
    private const string RoomPrefix = "chat:";
    private const string NameItem = "name";
    private const int PageSize = 1_000;

    /// <summary>How rooms are spelled that this node has met; of very many, not all.</summary>
    private readonly ConcurrentDictionary<string, string> _spellings = new(StringComparer.Ordinal);

    /// <summary>The name of somebody who is connected.</summary>
    public static string NameOf(Socket socket) => (string)socket.Items[NameItem]!;

    /// <summary>The Socket.IO room behind a room of the chat, whose case makes no difference.</summary>
    public static string KeyOf(string room) => RoomPrefix + room.ToUpperInvariant();

    /// <summary>The room as the person's socket spells it; null if they are not in it.</summary>
    public static string? Spelled(Socket socket, string room)
    {
        var key = KeyOf(room);
        return socket.Rooms.Contains(key) ? SpellingAt(socket.Items.AsReadOnly(), key) : null;
    }

    /// <summary>The rooms that a socket has been in, by their names.</summary>
    public static IEnumerable<string> LeftBy(Socket socket) => socket.LeftRooms
        .Where(key => key.StartsWith(RoomPrefix, StringComparison.Ordinal))
        .Select(key => SpellingAt(socket.Items.AsReadOnly(), key));

    /// <summary>In how many rooms the person is.</summary>
    public static int RoomsOf(Socket socket) => socket.Rooms.Count(key => key.StartsWith(RoomPrefix, StringComparison.Ordinal));

    /// <summary>
    /// Gives a socket its name, unless somebody else has it. An earlier connection of the same client is put out first; two
    /// who come with one name at the same moment may both be turned away.
    /// </summary>
    public async Task<bool> TryEnterAsync(Socket socket, string name, string? clientId)
    {
        socket.Items[NameItem] = name;
        if (clientId is not null)
        {
            await PutOutEarlierAsync(socket, ClientKeyOf(clientId));
        }

        var key = "name:" + name.ToUpperInvariant();
        await socket.JoinAsync(key);
        return (await io.To(key).Except(socket.Id).CountAsync()).Sockets == 0;
    }

    /// <summary>Takes a socket into a room, and tells how the room is spelled: as whoever is in it already does.</summary>
    public async Task<string> JoinAsync(Socket socket, string room)
    {
        var key = KeyOf(room);
        var others = await io.To(key).FetchSocketsAsync();
        var spelling = others.Count > 0 ? SpellingAt(others[0].Items, key) : room;
        socket.Items[key] = spelling;
        await socket.JoinAsync(key);
        return spelling;
    }

    /// <summary>Who is in a room now.</summary>
    public async Task<Membership> LookAsync(string room)
    {
        // From before the question: whatever a later look has seen, this one may not have.
        var version = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var sockets = await io.To(KeyOf(room)).FetchSocketsAsync();
        var names = sockets.Select(socket => $"{socket.Items.GetValueOrDefault(NameItem)}").Order(StringComparer.OrdinalIgnoreCase);
        return new Membership(room, [.. names.Select(name => new ChatEvents.Member(name))], version);
    }

    /// <summary>The rooms with most people in them.</summary>
    public async Task<IReadOnlyList<ChatEvents.RoomCount>> CountAsync(int atMost)
    {
        var fullest = (await RoomsAsync()).OrderByDescending(room => room.Members).ThenBy(room => room.Name, StringComparer.Ordinal).Take(atMost);
        var counts = new List<ChatEvents.RoomCount>();
        foreach (var room in fullest)
        {
            counts.Add(new ChatEvents.RoomCount(await SpellingOfAsync(room.Name), room.Members));
        }

        return counts;
    }

    private static string ClientKeyOf(string clientId) =>
        "client:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(clientId)));

    private static string SpellingAt(IReadOnlyDictionary<string, object?> items, string key) =>
        items.GetValueOrDefault(key)?.ToString() ?? key[RoomPrefix.Length..];

    /// <summary>The same client came again, so its earlier connection ends: a stale one, or another tab.</summary>
    private async Task PutOutEarlierAsync(Socket socket, string key)
    {
        await socket.JoinAsync(key);
        foreach (var earlier in await io.To(key).Except(socket.Id).FetchSocketsAsync())
        {
            await earlier.EmitAsync(ChatEvents.Replaced);
            await earlier.DisconnectAsync(close: true);
        }
    }

    private async Task<List<RoomInfo>> RoomsAsync()
    {
        var rooms = new List<RoomInfo>();
        Gathered<RoomInfo> page;
        do
        {
            page = await io.RoomsAsync(rooms.LastOrDefault()?.Name, PageSize, RoomPrefix);
            rooms.AddRange(page);
        }
        while (page.Count == PageSize);
        return rooms;
    }

    private async Task<string> SpellingOfAsync(string key)
    {
        if (_spellings.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_spellings.Count >= PageSize)
        {
            _spellings.Clear();
        }

        var sockets = await io.To(key).FetchSocketsAsync();
        return sockets.Count > 0 ? _spellings[key] = SpellingAt(sockets[0].Items, key) : key[RoomPrefix.Length..];
    }
}
