using AkkaChat.Cluster.Tests.Histories;

namespace AkkaChat.ClusterApp.Specs.Histories;

/// <summary>What the clients saw, room by room, and what the guarantees say to it.</summary>
internal sealed record Observation(IReadOnlyList<Observation.View> Views, IReadOnlyList<Observation.Publish> Publishes)
{
    /// <summary>The most that not all nodes may have of a room (OwnershipSettings).</summary>
    private const int Window = 1_024;

    public IEnumerable<string> Rooms => Publishes.Select(publish => publish.Room).Distinct();

    public int Count(string outcome) => Publishes.Count(publish => publish.Outcome == outcome);

    /// <summary>Fails with what contradicts the guarantees, if these nodes are lost.</summary>
    public void AssertSound(params string[] lost)
    {
        var violations = Rooms.SelectMany(room => HistoryChecker.Check(HistoryOf(room, lost), Window).Select(violation => $"{room}: {violation}")).ToList();
        Assert.True(violations.Count == 0, $"{violations.Count} violations: {string.Join('\n', violations.Take(20))}");
    }

    /// <summary>
    /// How long it took in each room until something was confirmed that was published after a moment, on other nodes than one;
    /// the slowest room first.
    /// </summary>
    public IReadOnlyList<TimeSpan> PausesAfter(DateTimeOffset moment, string? except)
    {
        var from = moment.ToUnixTimeMilliseconds();
        var confirmed = Publishes.Where(publish => publish.Outcome == "Confirmed" && publish.Began >= from && publish.Node != except);
        return [.. confirmed.GroupBy(publish => publish.Room).Select(room => TimeSpan.FromMilliseconds(room.Min(publish => publish.Settled!.Value) - from)).OrderDescending()];
    }

    private RoomHistory HistoryOf(string room, string[] lost)
    {
        var history = new RoomHistory();
        Array.ForEach(lost, history.Lose);
        var joins = Views.Where(view => view.Room == room).Select(view => (At: view.JoinedAt ?? int.MaxValue, Write: (Action)(() => view.Write(history))));
        var publishes = Publishes.Where(publish => publish.Room == room).Select(publish => (At: publish.StartedAt, Write: (Action)(() => publish.Write(history))));
        foreach (var (_, write) in joins.Concat(publishes).OrderBy(item => item.At).ToList())
        {
            write();
        }

        return history;
    }

    /// <summary>One connection of a client in its room.</summary>
    /// <param name="Client">The client and the number of its connection.</param>
    /// <param name="Room">Its room.</param>
    /// <param name="Transport">polling or websocket.</param>
    /// <param name="Node">Where its session lived; null if it never got an answer.</param>
    /// <param name="JoinedAt">When it was told that it is in, in the order of all events; null if it never was.</param>
    /// <param name="Ended">Why the connection ended; null while it has not.</param>
    /// <param name="Contents">What it got, in its order.</param>
    internal sealed record View(string Client, string Room, string Transport, string? Node, int? JoinedAt, string? Ended, IReadOnlyList<string> Contents)
    {
        public void Write(RoomHistory history)
        {
            history.Join(Client, Node ?? "");
            foreach (var content in Contents)
            {
                history.Deliver(Client, content);
            }

            if (Ended is not null || JoinedAt is null)
            {
                history.Leave(Client);
            }
        }
    }

    /// <summary>A publish and what its publisher was told.</summary>
    /// <param name="Content">Unlike any other.</param>
    /// <param name="Room">Where it was published.</param>
    /// <param name="Node">Where its publisher's session lived.</param>
    /// <param name="Publisher">The connection.</param>
    /// <param name="Number">Of this publish among those of the connection.</param>
    /// <param name="StartedAt">When, in the order of all events.</param>
    /// <param name="Began">When, in milliseconds.</param>
    /// <param name="Settled">When its outcome was known, in milliseconds.</param>
    /// <param name="Outcome">Confirmed, NeverSent, Failed, Disconnected or TimedOut.</param>
    /// <param name="Error">What the publisher was told.</param>
    internal sealed record Publish(
        string Content, string Room, string Node, string Publisher, long Number, int StartedAt, long Began, long? Settled, string Outcome, string? Error)
    {
        public TimeSpan Took => TimeSpan.FromMilliseconds(Settled!.Value - Began);

        public void Write(RoomHistory history)
        {
            history.Publish(Content, Node, Publisher, Number);
            history.Settle(Content, Outcome switch
            {
                "Confirmed" => RoomHistory.Outcome.Confirmed,
                "NeverSent" => RoomHistory.Outcome.NeverSent,
                _ => RoomHistory.Outcome.Unknown,
            });
        }
    }
}
