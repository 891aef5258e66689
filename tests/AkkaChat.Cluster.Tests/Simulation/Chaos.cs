using AkkaChat.Cluster.Tests.Histories;

namespace AkkaChat.Cluster.Tests.Simulation;

/// <summary>One run: clients come, go and publish while nodes, links and owners fail; then all comes to rest.</summary>
internal sealed class Chaos
{
    private const int Steps = 200;
    private const int Leaving = 70;
    private const double CalmMilliseconds = 6_000;

    private readonly Random _random;
    private readonly SimulatedCluster _cluster;
    private readonly Dictionary<string, SimulatedNode> _clients = [];
    private int _names;

    private Chaos(int seed, Sabotage sabotage)
    {
        _random = new Random(seed);
        _cluster = new SimulatedCluster(_random, _random.Next(2, 6), sabotage);
    }

    /// <summary>The result of a run.</summary>
    /// <param name="Seed">Makes the same run again.</param>
    /// <param name="Broken">What contradicts the guarantees.</param>
    /// <param name="Stuck">What should have come to an end, and has not.</param>
    /// <param name="Confirmed">How many publishes were confirmed: a run in which nothing works proves nothing.</param>
    /// <param name="Reached">What happened at least once.</param>
    /// <param name="Trace">What happened.</param>
    public sealed record Result(int Seed, IReadOnlyList<string> Broken, IReadOnlyList<string> Stuck, int Confirmed, IReadOnlySet<string> Reached, IEnumerable<string> Trace)
    {
        public override string ToString() =>
            $"Seed {Seed}:\n  {string.Join("\n  ", Broken.Concat(Stuck).Take(10))}\nTrace:\n{string.Join('\n', Trace)}";
    }

    public static Result Run(int seed, Sabotage? sabotage = null)
    {
        var chaos = new Chaos(seed, sabotage ?? Sabotage.None);
        chaos.Play();
        var late = chaos.ComeToRest();
        var history = chaos._cluster.History;
        var broken = HistoryChecker.Check(history, chaos._cluster.Settings.WindowEntries);
        var stuck = chaos.Stuck(late).ToList();
        var confirmed = history.Publishes.Values.Count(published => published.Outcome == RoomHistory.Outcome.Confirmed);
        return new Result(seed, broken, stuck, confirmed, chaos.Reached(), chaos._cluster.TraceLines);
    }

    private void Play()
    {
        var network = _cluster.Network;
        network.Loss = _cluster.Pick([0, 0.02, 0.2]);
        network.Doubling = _cluster.Pick([0, 0.05, 0.3]);
        network.Slowness = _cluster.Pick([0, 0.02, 0.1]);
        var isSparse = _random.Next(3) == 0; // then relays and owners end often, and nobody remembers what was before
        for (var step = 0; step < Steps; step++)
        {
            _cluster.Run(_random.Next(1, isSparse ? 150 : 40));
            Act(isSparse && _random.Next(2) == 0 ? Leaving : _random.Next(100));
        }
    }

    private void Act(int dice)
    {
        var node = _cluster.Pick(_cluster.Nodes);
        switch (dice)
        {
            case < 55:
                Publish(node, count: dice < 52 ? 1 : 20);
                break;
            case < 68:
                Join(node);
                break;
            case < 78:
                LeaveSomebody();
                break;
            default:
                Fail(node, dice);
                break;
        }
    }

    private void Fail(SimulatedNode node, int dice)
    {
        switch (dice)
        {
            case < 81 when _cluster.Survivors.Count > 2:
                _cluster.Kill(node);
                break;
            case < 84 when _cluster.IsConverged && _cluster.Survivors.Count < 6:
                _cluster.StartNode();
                break;
            case < 87 when _cluster.IsConverged && _cluster.Survivors.Count > 2:
                Cut();
                break;
            case < 91:
                _cluster.MoveHome(_cluster.Pick(_cluster.Survivors).Name);
                break;
            case < 94:
                _cluster.Trace($"{node.Name}: the owner dies");
                node.EndOwner();
                break;
            case < 97:
                node.PausedUntil = _cluster.Network.Now + TimeSpan.FromMilliseconds(_random.Next(20, 700));
                break;
            default:
                node.PassivateOwner();
                break;
        }
    }

    /// <summary>Cuts less than half of the nodes off, which then heals, or the others shut them out.</summary>
    private void Cut()
    {
        var survivors = _cluster.Survivors;
        var minority = survivors.OrderBy(_ => _random.Next()).Take(_random.Next(1, ((survivors.Count - 1) / 2) + 1)).ToList();
        _cluster.Trace($"cut: {string.Join(' ', minority.Select(node => node.Name))}");
        _cluster.Network.Cut(minority.Select(node => node.Name));
        var isShutOut = _random.Next(3) > 0;
        var after = _random.Next(100, 1_000);
        if (isShutOut)
        {
            _cluster.Network.After(after, () => ShutOut(minority));
        }

        _cluster.Network.After(after + (isShutOut ? _random.Next(0, 1_500) : 0), _cluster.Network.Heal);
    }

    private void ShutOut(List<SimulatedNode> minority)
    {
        List<SimulatedNode> left = [.. minority.Intersect(_cluster.Survivors)];
        if (left.Count > 0 && left.Count < _cluster.Survivors.Count)
        {
            _cluster.ShutOut(left);
        }
    }

    private void Publish(SimulatedNode node, int count)
    {
        for (var published = 0; published < count && node.IsAlive; published++)
        {
            node.Publish($"p{++_names}");
        }
    }

    private void Join(SimulatedNode node)
    {
        var client = $"c{++_names}";
        _clients[client] = node;
        node.Join(client);
    }

    private void LeaveSomebody()
    {
        if (_clients.Count > 0)
        {
            var client = _cluster.Pick([.. _clients.Keys]);
            _clients.Remove(client, out var node);
            if (node!.IsAlive)
            {
                node.Leave(client);
            }
        }
    }

    /// <summary>Nothing fails any more; in the end every survivor publishes, and that must succeed.</summary>
    private List<string> ComeToRest()
    {
        _cluster.Network.BeReliable();
        _cluster.Run(CalmMilliseconds);
        var late = new List<string>();
        foreach (var node in _cluster.Survivors)
        {
            late.Add($"p{_names + 1}");
            Publish(node, 1);
        }

        _cluster.Run(CalmMilliseconds / 2);
        return late;
    }

    private HashSet<string> Reached() =>
        [.. _cluster.Reached, .. _cluster.History.Publishes.Values.Select(published => published.Outcome.ToString())];

    private IEnumerable<string> Stuck(List<string> late)
    {
        var history = _cluster.History;
        var open = history.Publishes.Values.Where(published => published.Outcome == RoomHistory.Outcome.Open && !history.IsLost(published.Node));
        var unquiet = _cluster.Survivors.Where(node => node.Relay is { IsQuiet: false } || node.Owner is { IsQuiet: false });
        return open.Select(published => $"{published.Content} has no outcome")
            .Concat(late.Where(content => history.Publishes[content].Outcome != RoomHistory.Outcome.Confirmed)
                .Select(content => $"{content} was published in calm and not confirmed"))
            .Concat(unquiet.Select(node => $"{node.Name} does not come to rest"));
    }
}
