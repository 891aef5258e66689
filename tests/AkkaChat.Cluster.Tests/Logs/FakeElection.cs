using AkkaChat.Nodes;

namespace AkkaChat.Cluster.Tests.Logs;

/// <summary>Elects whom the test says, on all nodes or as one of them sees it.</summary>
internal sealed class FakeElection : IWriterElection
{
    private volatile string? _elected;
    private volatile IReadOnlyList<string> _elders = [];

    public string? Elected
    {
        get => _elected;
        set => _elected = value;
    }

    public bool IsOut => false;

    public IReadOnlyList<string>? Elders
    {
        get => _elders;
        set => _elders = value ?? [];
    }

    public void Say(LogWriting writing)
    {
    }
}
