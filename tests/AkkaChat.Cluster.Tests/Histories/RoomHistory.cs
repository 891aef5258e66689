namespace AkkaChat.Cluster.Tests.Histories;

/// <summary>What happened in a room as seen from outside: who published what, who was in, and what each client got.</summary>
internal sealed class RoomHistory
{
    private readonly Dictionary<string, Published> _published = [];
    private readonly Dictionary<string, View> _views = [];
    private readonly HashSet<string> _lostNodes = [];
    private int _events;

    public enum Outcome
    {
        Open,
        Confirmed,
        NeverSent,
        Unknown,
    }

    public IReadOnlyDictionary<string, Published> Publishes => _published;

    public IReadOnlyCollection<View> Views => _views.Values;

    public bool IsLost(string node) => _lostNodes.Contains(node);

    public void Publish(string content, string node, string publisher, long number) =>
        _published[content] = new Published(content, node, publisher, number, ++_events);

    public void Settle(string content, Outcome outcome) => _published[content].Outcome = outcome;

    public void Join(string client, string node) => _views[client] = new View(client, node, ++_events);

    public void Leave(string client) => _views[client].HasLeft = true;

    public void Deliver(string client, string content) => _views[client].Contents.Add(content);

    /// <summary>A node has died, or the others have shut it out: what only it knew is lost.</summary>
    public void Lose(string node) => _lostNodes.Add(node);

    internal sealed record Published(string Content, string Node, string Publisher, long Number, int StartedAt)
    {
        public Outcome Outcome { get; set; }
    }

    internal sealed record View(string Client, string Node, int JoinedAt)
    {
        public bool HasLeft { get; set; }

        public List<string> Contents { get; } = [];
    }
}
