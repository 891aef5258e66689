namespace AkkaChat.Bench.Servers;

/// <summary>Several processes that are one server.</summary>
/// <param name="Nodes">How many, the broker aside.</param>
/// <param name="Broker">What they tell each other by, started before them; null if they need none.</param>
/// <param name="EnvironmentOf">The variables of a node, by its number from 0 and the ports of the run.</param>
/// <param name="ReadyPath">Answers 200 when a node is one of the cluster; null if its ready line says so.</param>
internal sealed record ClusterDefinition(
    int Nodes, ServerDefinition? Broker, Func<int, ClusterPorts, IReadOnlyDictionary<string, string>> EnvironmentOf, string? ReadyPath);

/// <summary>The ports by which the processes of one run find each other, on loopback.</summary>
/// <param name="Broker">The broker's; 0 without one.</param>
/// <param name="Nodes">One for each node.</param>
/// <param name="Listeners">Another one for each node.</param>
internal sealed record ClusterPorts(int Broker, IReadOnlyList<int> Nodes, IReadOnlyList<int> Listeners);
