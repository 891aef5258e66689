using System.Collections.Concurrent;
using System.Text.Json;
using AkkaChat.Rooms;
using AkkaChat.Sockets;

namespace AkkaChat.Delivery;

/// <summary>
/// An event to several sockets that asks each for its ack. All get the same packet under the same ack id, which comes
/// from a range of its own, so it is encoded once.
/// </summary>
internal sealed class BroadcastCall : Publication
{
    private readonly ConcurrentDictionary<string, (Socket Socket, Task<EventArguments> Answer)> _answers =
        new(StringComparer.Ordinal);

    private readonly long _ackId;

    public BroadcastCall(Selection selection, string eventName, object?[] arguments)
        : this(selection, eventName, arguments, AwaitedAcks.NextSharedId())
    {
    }

    private BroadcastCall(Selection selection, string eventName, object?[] arguments, long ackId)
        : base(selection, selection.Namespace.EncodeEvent(eventName, ackId, arguments)) =>
        _ackId = ackId;

    /// <summary>
    /// Waits for all outcomes, after the operation is complete: then all recipients are known.
    /// </summary>
    public async Task<IReadOnlyList<CallOutcome<T>>> CollectAsync<T>()
    {
        var server = Selection.Namespace.Server;
        var timeout = Selection.Options.Timeout ?? server.Settings.CallTimeout;
        Task all = Task.WhenAll(_answers.Values.Select(waiting => waiting.Answer));
        await all.WaitAsync(timeout, server.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        List<CallOutcome<T>> outcomes = [];
        foreach (var (id, waiting) in _answers)
        {
            waiting.Socket.ForgetAck(_ackId);
            outcomes.Add(await OutcomeOfAsync<T>(id, waiting.Answer));
        }

        return outcomes;
    }

    /// <inheritdoc/>
    /// <remarks>It waits for acks, which have no way back from another node.</remarks>
    public override PublicationContent? Describe() => null;

    /// <inheritdoc/>
    protected override void DeliverTo(IRoomMember member)
    {
        if (member is Socket socket)
        {
            _answers[socket.Id] = (socket, socket.AwaitAck(_ackId));
        }

        base.DeliverTo(member);
    }

    private static async Task<CallOutcome<T>> OutcomeOfAsync<T>(string id, Task<EventArguments> answer)
    {
        if (!answer.IsCompletedSuccessfully)
        {
            return new CallOutcome<T>(id, answer.IsFaulted ? CallResult.Disconnected : CallResult.TimedOut, default);
        }

        try
        {
            return new CallOutcome<T>(id, CallResult.Acknowledged, AckResult.As<T>(await answer));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return new CallOutcome<T>(id, CallResult.Invalid, default);
        }
    }
}
