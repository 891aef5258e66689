using System.Collections.Concurrent;
using AkkaChat.Nodes;
using AkkaChat.Wire;

namespace AkkaChat.Cluster.Tests.Nodes;

/// <summary>Servers that ask each other without a network; all that passes between them passes as bytes.</summary>
internal sealed class LinkedPeers(AkkaChatServer own, List<AkkaChatServer> all) : IPeerNodes
{
    private readonly NodeRequestHandler _handler = new(own);
    private int _answered;

    /// <summary>Whether it gives no sign of life when it is asked.</summary>
    public bool IsSilent { get; set; }

    /// <summary>So many parts of each of its answers come; whoever has asked for one with more waits for the rest in vain.</summary>
    public int MostParts { get; set; } = int.MaxValue;

    /// <summary>What it has been asked.</summary>
    public ConcurrentQueue<NodeRequest> Asked { get; } = new();

    /// <summary>How many questions it has answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Largest part that has come.</summary>
    public int LargestPart { get; private set; }

    public static LinkedPeers Of(AkkaChatServer server) => (LinkedPeers)server.Peers;

    public async Task<PeerReplies> AskAsync(
        NodeRequest request, IReadOnlyCollection<string>? incarnations, TimeSpan limit, CancellationToken cancellationToken)
    {
        var asked = all.Where(server => server != own && incarnations?.Contains(server.Incarnation) != false).ToList();
        var bytes = NodeRequestFormat.Write(request);
        var answers = await Task.WhenAll(asked.Select(server => Of(server).AnswerAsync(bytes, limit, cancellationToken)));
        var missing = asked.Where((_, index) => !answers[index].IsWhole).Select(server => server.Incarnation);
        return new PeerReplies([.. answers.SelectMany(answer => answer.Parts).Select(Read)], [.. missing]);
    }

    private async Task<(List<byte[]> Parts, bool IsWhole)> AnswerAsync(byte[] bytes, TimeSpan limit, CancellationToken cancellationToken)
    {
        Assert.True(NodeRequestFormat.TryRead(bytes, out var request));
        var silence = IsSilent ? Task.Delay(limit, own.Time, cancellationToken) : null;
        Asked.Enqueue(request);
        if (silence is not null)
        {
            await silence;
            return ([], false);
        }

        List<byte[]> parts = [];
        await foreach (var reply in _handler.HandleAsync(request, cancellationToken))
        {
            parts.Add(NodeReplyFormat.Write(reply));
        }

        if (parts.Count > MostParts)
        {
            var come = parts[..MostParts];
            await Task.Delay(limit, own.Time, cancellationToken);
            return (come, false);
        }

        Interlocked.Increment(ref _answered);
        return (parts, true);
    }

    private NodeReply Read(byte[] part)
    {
        LargestPart = Math.Max(LargestPart, part.Length);
        Assert.True(NodeReplyFormat.TryRead(part, out var reply));
        return reply;
    }
}
