using AkkaChat.Nodes;
using AkkaChat.Wire;

namespace AkkaChat.Membership;

/// <summary>Answers the other nodes, in the words of <see cref="NodeReplyFormat"/>.</summary>
internal sealed class PeerRequests(AkkaChatServer server, int largest)
{
    private readonly NodeRequestHandler _handler = new(server);

    /// <summary>What is delivered has been when this returns; see <see cref="NodeRequestHandler"/>.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> Answer(ReadOnlyMemory<byte> body) =>
        NodeRequestFormat.TryRead(body, out var request)
            ? WriteAsync(_handler.HandleAsync(request, CancellationToken.None))
            : WriteAsync(Refuse(body.Length));

    private async IAsyncEnumerable<NodeReply> Refuse(int bytes)
    {
        await Task.CompletedTask;
        yield return new NodeReply.Failed(server.Incarnation, $"{bytes} bytes are no request, or one of a version too far away.");
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(IAsyncEnumerable<NodeReply> replies)
    {
        await foreach (var reply in replies)
        {
            var part = NodeReplyFormat.Write(reply);
            yield return part.Length <= largest
                ? part
                : NodeReplyFormat.Write(new NodeReply.Failed(server.Incarnation, $"An answer has {part.Length} bytes; at most {largest} are passed on."));
        }
    }
}
