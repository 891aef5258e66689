using AkkaChat.Cluster.Tests.Histories;
using AkkaChat.Ownership;

namespace AkkaChat.Cluster.Tests.Simulation;

/// <summary>
/// Several nodes with one room. Membership works as a cluster's does, see decision 0003: all members know of a node
/// before it takes part; a node is removed when all that remain have seen that it is down. Where the room lives is known
/// to each node with a delay of its own, so that for a while there can be two owners, or none.
/// </summary>
internal sealed class SimulatedCluster
{
    private const double TickMilliseconds = 20;
    private const int TraceLength = 4_000;

    private readonly Random _random;
    private readonly Queue<(TimeSpan At, Func<string> Line)> _trace = new();
    private readonly List<SimulatedNode> _nodes = [];
    private readonly int _homeDelay;
    private readonly int _overlap;
    private string _home = "";
    private int _started;
    private int _downing;

    public SimulatedCluster(Random random, int nodes, Sabotage sabotage, OwnershipSettings? settings = null)
    {
        Settings = settings ?? Settings;
        _random = random;
        Sabotage = sabotage;
        Network = new SimulatedNetwork(random);
        _homeDelay = Pick([80, 600]);
        _overlap = Pick([50, 400, 1_500]);
        for (var count = 0; count < nodes; count++)
        {
            StartNode();
        }

        MoveHome(Pick(Nodes).Name);
    }

    public OwnershipSettings Settings { get; } = new()
    {
        RetryAfter = TimeSpan.FromMilliseconds(60),
        AcknowledgeAfter = TimeSpan.FromMilliseconds(15),
        AcknowledgeEvery = 4,
        EmitTimeout = TimeSpan.FromMilliseconds(1_500),
        PromiseFor = TimeSpan.FromMilliseconds(1_000),
        WindowEntries = 12,
        RepeatBatch = 4,
        PendingPublishes = 30,
    };

    public Sabotage Sabotage { get; }

    public SimulatedNetwork Network { get; }

    /// <summary>How many messages have crossed the network, by their names.</summary>
    public Dictionary<string, int> Crossed { get; } = [];

    /// <summary>What has happened at least once, by name.</summary>
    public HashSet<string> Reached { get; } = [];

    public RoomHistory History { get; } = new();

    /// <summary>The nodes that run, those included that the others have shut out and that don't know it yet.</summary>
    public IReadOnlyList<SimulatedNode> Nodes => _nodes;

    /// <summary>The nodes that run and stay.</summary>
    public IReadOnlyList<SimulatedNode> Survivors => [.. _nodes.Where(node => !History.IsLost(node.Name))];

    /// <summary>What happened last, put into words only when somebody wants to read it.</summary>
    public IEnumerable<string> TraceLines => _trace.Select(entry => $"{entry.At.TotalMilliseconds,8:0.0} {entry.Line()}");

    /// <summary>Whether a node may come: the cluster lets none in while members are unreachable.</summary>
    public bool IsConverged => _downing == 0 && !Network.IsCut;

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public void Trace(string line) => Trace(() => line);

    public void Trace(Func<string> line)
    {
        _trace.Enqueue((Network.Now, line));
        if (_trace.Count > TraceLength)
        {
            _trace.Dequeue();
        }
    }

    public void Send(string from, string to, Action<SimulatedNode> arrive, object message)
    {
        var node = _nodes.Find(node => node.Name == to);
        if (node is not null)
        {
            var kind = message.GetType().Name;
            Reached.Add(kind);
            Crossed[kind] = Crossed.GetValueOrDefault(kind) + (from == to ? 0 : 1);
            if (message is OwnershipMessages.Deliver deliver && deliver.Entries.Any(entry => entry.Payload is null))
            {
                Reached.Add("empty place");
            }

            Trace(() => $"{from} -> {to}: {Describe(message)}");
            Network.Send(from, to, () => node.Arrive(from, () => arrive(node)));
        }
    }

    public void StartNode()
    {
        var name = $"n{++_started}";
        var known = Survivors is [var first, ..] ? first : null;
        var node = new SimulatedNode(name, this)
        {
            Home = _home,
            Members = [.. known?.Members ?? [], name],
            Down = [.. known?.Down ?? []],
        };
        foreach (var other in Survivors)
        {
            other.Members.Add(name);
            other.MembersChanged();
        }

        _nodes.Add(node);
        Trace($"{name} starts");
        Network.After(_random.NextDouble() * TickMilliseconds, () => Tick(node));
    }

    /// <summary>The node dies at once; later the others notice.</summary>
    public void Kill(SimulatedNode node)
    {
        Trace($"{node.Name} dies");
        Stop(node);
        if (!History.IsLost(node.Name))
        {
            History.Lose(node.Name);
            _downing++;
            Network.After(_random.Next(100, 500), () => TakeDown([node.Name]));
        }
    }

    /// <summary>The others shut nodes out; those find out later, and go on until then.</summary>
    public void ShutOut(IReadOnlyList<SimulatedNode> nodes)
    {
        _downing++;
        foreach (var node in nodes)
        {
            Trace($"{node.Name} is shut out");
            Reached.Add("shut out");
            History.Lose(node.Name);
            Network.After(_random.Next(0, 1_500), () => Stop(node));
        }

        TakeDown([.. nodes.Select(node => node.Name)]);
    }

    /// <summary>Gives the room another home. The owner at the old one goes on for a while.</summary>
    public void MoveHome(string home)
    {
        Trace($"the room's home is {home}");
        _home = home;
        foreach (var node in _nodes.ToList())
        {
            Network.After(_random.Next(0, _homeDelay), () => LearnHome(node, home));
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Run(double milliseconds) => Network.RunUntil(Network.Now + TimeSpan.FromMilliseconds(milliseconds));

    private static string Describe(object message) => message switch
    {
        OwnershipMessages.Deliver deliver =>
            $"Deliver {deliver.Epoch} stable {deliver.Stable} [{string.Join(' ', deliver.Entries.Select(Describe))}]",
        OwnershipMessages.Promise promise =>
            $"{promise with { Held = [] }} [{string.Join(' ', promise.Held.Select(Describe))}]",
        _ => $"{message}",
    };

    private static string Describe(RoomEntry entry) => $"{entry.Sequence}:{entry.Payload?.Content ?? "empty"}";

    private void LearnHome(SimulatedNode node, string home)
    {
        if (node.Home == home || home != _home)
        {
            return;
        }

        node.Home = home;
        if (node.Owner is { } owner && node.Name != home)
        {
            Network.After(_random.Next(0, _overlap), () => EndOwner(node, owner));
        }
    }

    private void EndOwner(SimulatedNode node, RoomOwner owner)
    {
        if (node.Owner == owner)
        {
            Trace($"{node.Name}: owner {owner.Self} is stopped");
            node.EndOwner();
        }
    }

    private void Tick(SimulatedNode node)
    {
        if (node.IsAlive)
        {
            node.Arrive(node.Name, node.Tick);
            Network.After(TickMilliseconds, () => Tick(node));
        }
    }

    private void Stop(SimulatedNode node)
    {
        node.IsAlive = false;
        _nodes.Remove(node);
    }

    /// <summary>Each survivor sees it at its own time, then each removes the nodes at its own time.</summary>
    private void TakeDown(IReadOnlyList<string> names)
    {
        Trace($"{string.Join(' ', names)} down");
        foreach (var node in Survivors)
        {
            Network.After(_random.Next(0, 100), () => node.Down.UnionWith(names));
        }

        if (names.Contains(_home))
        {
            Network.After(_random.Next(0, 150), () => MoveHome(Pick(Survivors).Name));
        }

        Network.After(100, () => Remove(names));
    }

    private void Remove(IReadOnlyList<string> names)
    {
        foreach (var node in Survivors)
        {
            Network.After(_random.Next(0, 100), () => Forget(node, names));
        }

        Network.After(100, () => _downing--);
    }

    private static void Forget(SimulatedNode node, IReadOnlyList<string> names)
    {
        node.Members.ExceptWith(names);
        node.MembersChanged();
    }
}
