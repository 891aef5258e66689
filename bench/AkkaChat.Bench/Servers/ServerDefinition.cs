using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Servers;

/// <summary>A server that can be measured: how it is started and spoken to. It takes its port from PORT, and prints a line
/// when it is ready.</summary>
/// <param name="Name">As <c>--server</c> takes it and the report names it.</param>
/// <param name="Protocol">How it is spoken to.</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments; <c>$PORT</c> is its port.</param>
/// <param name="Needs">A file that is there when the server is built or installed.</param>
/// <param name="Environment">Variables beside PORT.</param>
internal sealed record ServerDefinition(
    string Name,
    IProtocol Protocol,
    string Program,
    IReadOnlyList<string> Arguments,
    string Needs,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Which build of AkkaChat it is; null for others.</summary>
    public string? Build { get; init; }

    /// <summary>What the line contains that says it is ready.</summary>
    public string ReadyLine { get; init; } = "ready on ";

    /// <summary>Set if it is several processes, each started as this one.</summary>
    public ClusterDefinition? Cluster { get; init; }

    /// <summary>Where it gets a folder of its own for its data, named by <c>AKKACHAT_DATA</c>; null if it has none.</summary>
    public string? DataFolders { get; init; }

    public bool IsAvailable => File.Exists(Needs) && Cluster?.Broker?.IsAvailable != false;

    public bool IsAkkaChat => Name.StartsWith("akkachat", StringComparison.Ordinal);
}
