using System.Text;
using Akka.Actor;
using Akka.Configuration;
using AkkaChat.Membership;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaChat.Cluster.Specs.Support;

/// <summary>A node that knows the others and answers each question with its own name, in as many parts as it is asked for.</summary>
internal sealed class PeerNode : IAsyncDisposable
{
    private PeerNode(string name, string application)
    {
        Name = name;
        var role = ConfigurationFactory.ParseString($"akka.cluster.roles = [\"{new ClusterApplication(application).Role}\"]");
        System = ActorSystem.Create("akkachat-specs", role.WithFallback(ClusterNode.Fast).WithFallback(ClusterDefaults.Akka));
        Peers = new ClusterPeers(
            System,
            new ClusterApplication(application),
            name,
            () => new Uri($"http://{name}.example:5081"),
            AnswerAsync,
            TimeProvider.System,
            new MembershipLog(NullLogger.Instance));
    }

    public string Name { get; }

    public ActorSystem System { get; }

    public ClusterPeers Peers { get; }

    /// <summary>While set, questions are heard and not answered.</summary>
    public TaskCompletionSource? Silence { get; set; }

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    public static async Task<PeerNode> StartAsync(string name, PeerNode? seed = null, string application = "default")
    {
        var node = new PeerNode(name, application);
        await node.Cluster.JoinAsync((seed ?? node).Cluster.SelfAddress).WaitAsync(Eventually.Patience);
        return node;
    }

    /// <summary>Asks the others: the parts of their answers, sorted, and how many nodes are missing.</summary>
    public async Task<string> AskAsync(string question, string[]? nodes = null, TimeSpan? limit = null)
    {
        var body = Encoding.UTF8.GetBytes(question);
        var (parts, missing) = await Peers.AskAsync(body, nodes, limit ?? Eventually.Patience, CancellationToken.None);
        var said = parts.Select(part => Encoding.UTF8.GetString(part.Span)).Order(StringComparer.Ordinal);
        return $"{string.Join(' ', said)}, {missing.Count} missing";
    }

    public async ValueTask DisposeAsync()
    {
        Silence?.TrySetResult();
        await System.Terminate().WaitAsync(Eventually.Patience);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> AnswerAsync(ReadOnlyMemory<byte> request)
    {
        await (Silence?.Task ?? Task.CompletedTask);
        var question = Encoding.UTF8.GetString(request.Span);
        var parts = question.Length;
        for (var part = 0; part < parts; part++)
        {
            yield return Encoding.UTF8.GetBytes($"{Name}{part}");
        }

        if (question == "fail")
        {
            throw new InvalidOperationException("on purpose");
        }
    }
}
