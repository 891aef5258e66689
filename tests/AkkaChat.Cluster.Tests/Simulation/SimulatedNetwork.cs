namespace AkkaChat.Cluster.Tests.Simulation;

/// <summary>
/// Virtual time and the links between nodes: they lose, double and delay messages, so that one overtakes another, and can
/// be cut. Everything follows from the seed.
/// </summary>
internal sealed class SimulatedNetwork(Random random)
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _due = new();
    private readonly HashSet<string> _minority = [];
    private long _scheduled;

    public TimeSpan Now { get; private set; }

    public double Loss { get; set; }

    public double Doubling { get; set; }

    public double Slowness { get; set; }

    /// <summary>Whether all messages take the same time, and so none overtakes another, as over one connection.</summary>
    public bool KeepsOrder { get; set; }

    public bool IsCut => _minority.Count > 0;

    public void Cut(IEnumerable<string> minority) => _minority.UnionWith(minority);

    public void Heal() => _minority.Clear();

    public void BeReliable() => Loss = Doubling = Slowness = 0;

    public void After(double milliseconds, Action action) =>
        _due.Enqueue(action, (Now + TimeSpan.FromMilliseconds(milliseconds), ++_scheduled));

    public void Send(string from, string to, Action arrive)
    {
        if (from == to)
        {
            After(random.NextDouble(), arrive);
            return;
        }

        if (_minority.Contains(from) != _minority.Contains(to) || random.NextDouble() < Loss)
        {
            return;
        }

        After(Delay(), arrive);
        if (random.NextDouble() < Doubling)
        {
            After(Delay(), arrive);
        }
    }

    public void RunUntil(TimeSpan end)
    {
        while (_due.TryPeek(out _, out var next) && next.At <= end)
        {
            var action = _due.Dequeue();
            Now = next.At;
            action();
        }

        Now = end;
    }

    private double Delay() => KeepsOrder ? 2
        : random.NextDouble() < Slowness ? random.Next(20, 600) : 1 + (random.NextDouble() * 4);
}
