namespace AkkaChat.Host.Chat;

/// <summary>
/// Remembers the last messages by the keys that clients gave them, so that one sent again, because its ack was lost,
/// keeps its place instead of standing there twice. Bounded; the oldest is forgotten first. Thread-safe.
/// </summary>
internal sealed class RecentMessages(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Sender, string Key), Entry> _entries = [];
    private readonly Queue<(string Sender, string Key)> _order = new();

    /// <summary>The message with that key: the one remembered, else a new one, which is remembered.</summary>
    /// <param name="sender">Whose key it is.</param>
    /// <param name="key">The key; null if the client gave none, and then nothing is remembered.</param>
    /// <param name="create">Makes the new one.</param>
    public Entry Take(string sender, string? key, Func<Entry> create)
    {
        if (key is null)
        {
            return create();
        }

        lock (_gate)
        {
            if (_entries.TryGetValue((sender, key), out var known))
            {
                return known;
            }

            var entry = create();
            _entries.Add((sender, key), entry);
            _order.Enqueue((sender, key));
            if (_order.Count > capacity)
            {
                _entries.Remove(_order.Dequeue());
            }

            return entry;
        }
    }

    /// <summary>
    /// One message. Not delivered, it may be in the room all the same (the room only did not confirm it in time): sent
    /// again it has the same id, by which the page recognises it.
    /// </summary>
    internal sealed class Entry(string id, long at)
    {
        private volatile bool _isDelivered;

        public string Id => id;

        public long At => at;

        public bool IsDelivered
        {
            get => _isDelivered;
            set => _isDelivered = value;
        }
    }
}
