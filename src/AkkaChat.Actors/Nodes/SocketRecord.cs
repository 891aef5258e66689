using System.Collections.Frozen;

namespace AkkaChat.Nodes;

/// <summary>A socket as another node may know it: without what could open doors (auth payload, cookies, tokens, the user's claims).</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">Whose it is; null if nobody's.</param>
/// <param name="Rooms">Its rooms.</param>
/// <param name="Items">The application's data, each value as JSON.</param>
/// <param name="Handshake">The request that opened its connection.</param>
internal sealed record SocketRecord(
    string Id,
    string? UserId,
    IReadOnlyList<string> Rooms,
    IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Items,
    HandshakeRecord Handshake)
{
    /// <summary>About how many bytes it takes.</summary>
    public int Size => 128 + Rooms.Sum(room => room.Length) + Items.Sum(item => item.Key.Length + item.Value.Length) + Handshake.Size;

    public static SocketRecord Of(Socket socket, Serialization.ArgumentSerializer serializer)
    {
        List<KeyValuePair<string, ReadOnlyMemory<byte>>> items = [];
        foreach (var (key, value) in socket.Items)
        {
            if (serializer.TryWriteJson(value, out var json))
            {
                items.Add(new(key, json));
            }
        }

        return new SocketRecord(socket.Id, socket.UserId, [.. socket.Rooms], items, HandshakeRecord.Of(socket.Handshake));
    }
}

/// <summary>A <see cref="Handshake"/> as another node may know it.</summary>
internal sealed record HandshakeRecord(
    IReadOnlyList<KeyValuePair<string, string>> Query,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    string? Address,
    string Url,
    bool Secure,
    DateTimeOffset Time)
{
    private static readonly FrozenSet<string> Secrets = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "cookie", "authorization", "proxy-authorization");

    /// <summary>About how many bytes it takes.</summary>
    public int Size => Url.Length + Query.Concat(Headers).Sum(pair => pair.Key.Length + pair.Value.Length);

    public static HandshakeRecord Of(Handshake handshake) => new(
        [.. handshake.Query],
        [.. handshake.Headers.Where(header => !Secrets.Contains(header.Key))],
        handshake.Address,
        handshake.Url,
        handshake.Secure,
        handshake.Time.ToUniversalTime());

    public Handshake ToHandshake() => new()
    {
        Query = ToDictionary(Query),
        Headers = ToDictionary(Headers),
        Address = Address,
        Url = Url,
        Secure = Secure,
        Time = Time,
    };

    private static Dictionary<string, string> ToDictionary(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        // Not all at once: a peer of another mind may name one twice.
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in fields)
        {
            all[key] = value;
        }

        return all;
    }
}
