using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs.Clustered;

/// <summary>The node that writes the logs, as another one sees it: asked for all that concerns them. Thread-safe.</summary>
internal sealed class LogWriterNode(AkkaChatServer server, IWriterElection election)
{
    /// <summary>Stores a message and sends it to its room.</summary>
    /// <exception cref="EventException">It could not be stored, or nobody knows whether it was.</exception>
    public Task<LogReply.Published> PublishAsync(LogRequest.Publish request) => DoAsync<LogReply.Published>(request);

    /// <summary>Changes what a message says.</summary>
    /// <exception cref="EventException">It could not be done, or nobody knows whether it was.</exception>
    public Task<LogReply.Replaced> ReplaceAsync(LogRequest.Replace request) => DoAsync<LogReply.Replaced>(request);

    /// <summary>Does something that has no result.</summary>
    /// <exception cref="EventException">It could not be done, or nobody knows whether it was.</exception>
    public Task DoAsync(LogRequest request) => DoAsync<LogReply.Done>(request);

    /// <summary>Reads a part of a log.</summary>
    /// <exception cref="EventException">It could not be read.</exception>
    public async Task<(LogSlice Slice, bool IsContinuous)> ReadAsync(RoomLogKey log, LogReading reading, CancellationToken cancellationToken)
    {
        var replies = await AskAsync(new LogRequest.Read(log.Namespace, log.Room, reading), cancellationToken);
        List<LogReply.Part> parts = [.. replies.OfType<LogReply.Part>()];
        return parts is [var first, ..]
            ? (new LogSlice(first.Top, [.. parts.SelectMany(part => part.Entries)]), first.IsContinuous)
            : throw NoAnswer();
    }

    /// <summary>Asks the nodes that may have written before to write no more.</summary>
    /// <returns>Whether all of them have said so.</returns>
    public async Task<bool> ReleaseAsync(IReadOnlyList<string> elders)
    {
        if (elders.Count == 0)
        {
            return true;
        }

        var answers = await server.Peers.AskAsync(
            new NodeRequest.Log(new LogRequest.Release()), elders, server.Settings.EmitTimeout, CancellationToken.None);
        return answers.Missing.Count == 0 && answers.Replies.Count(reply => reply is NodeReply.Log { Reply: LogReply.Done }) == elders.Count;
    }

    private async Task<TReply> DoAsync<TReply>(LogRequest request)
        where TReply : LogReply => (await AskAsync(request)).OfType<TReply>().FirstOrDefault() ?? throw NoAnswer();

    private static EventException NoAnswer() =>
        LogUnavailable.Of(new TimeoutException("The node that writes the room logs did not answer, or has just left."));

    /// <summary>What is asked is on its way when this returns: what one thread asks keeps its order.</summary>
    private async Task<IEnumerable<LogReply>> AskAsync(LogRequest request, CancellationToken cancellationToken = default)
    {
        var writer = election.Elected;
        if (writer is null || writer == server.Incarnation)
        {
            throw LogUnavailable.Moving();
        }

        var answers = await server.Peers.AskAsync(new NodeRequest.Log(request), [writer], server.Settings.EmitTimeout, cancellationToken);
        var replies = answers.Missing.Count > 0 ? [] : answers.Replies;
        foreach (var reply in replies)
        {
            ThrowIfFailed(reply);
        }

        return replies.OfType<NodeReply.Log>().Select(reply => reply.Reply);
    }

    private static void ThrowIfFailed(NodeReply reply)
    {
        var why = reply switch
        {
            NodeReply.Log { Reply: LogReply.Unavailable unavailable } => unavailable.Why,
            NodeReply.Failed failed => failed.Why,
            _ => null,
        };
        if (why is not null)
        {
            throw LogUnavailable.Of(new InvalidOperationException(why));
        }
    }
}
