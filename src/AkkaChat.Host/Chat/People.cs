namespace AkkaChat.Host.Chat;

/// <summary>
/// Who is connected, under which name. A name belongs to one connection at a time, whatever its case. No I/O, and not
/// thread-safe: see <see cref="Presence"/>.
/// </summary>
internal sealed class People
{
    private readonly Dictionary<string, Person> _bySocket = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Person> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Person> _byClient = new(StringComparer.Ordinal);

    /// <summary>The person of a socket; null if it has none, or not any more.</summary>
    public Person? Find(string socketId) => _bySocket.GetValueOrDefault(socketId);

    /// <summary>Whether somebody else has the name: the client's own stale connection does not count.</summary>
    public bool IsTaken(Person newcomer) =>
        _byName.TryGetValue(newcomer.Name, out var holder) && !IsSameClient(holder, newcomer);

    /// <summary>The connection that the newcomer's client has already, whatever its name.</summary>
    public Person? EarlierOf(Person newcomer) =>
        newcomer.ClientId is { } client ? _byClient.GetValueOrDefault(client) : null;

    /// <summary>Takes in somebody whose name is free.</summary>
    public void Add(Person person)
    {
        _bySocket.Add(person.SocketId, person);
        _byName.Add(person.Name, person);
        if (person.ClientId is { } client)
        {
            _byClient.Add(client, person);
        }
    }

    /// <summary>Lets somebody go, and the name with them.</summary>
    public void Remove(Person person)
    {
        _bySocket.Remove(person.SocketId);
        _byName.Remove(person.Name);
        if (person.ClientId is { } client)
        {
            _byClient.Remove(client);
        }
    }

    private static bool IsSameClient(Person one, Person other) =>
        one.ClientId is not null && string.Equals(one.ClientId, other.ClientId, StringComparison.Ordinal);
}
