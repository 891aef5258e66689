using System.Collections.Concurrent;
using AkkaChat.Nodes;
using AkkaChat.Protocol;
using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>
/// The sockets of this node that have got one publication of which somebody wants to know: how many, and their acks if it
/// asks for any. Thread-safe.
/// </summary>
/// <param name="ackId">The number of the acks, the same for all; null if none are asked for.</param>
internal sealed class Recipients(long? ackId)
{
    private readonly ConcurrentDictionary<string, (Socket? Socket, Task<EventArguments> Answer)> _answers =
        new(StringComparer.Ordinal);

    private static readonly Task<EventArguments> NoAnswer = Task.FromCanceled<EventArguments>(new CancellationToken(true));

    private int _count;

    /// <summary>How many outboxes have it. A volatile packet that was dropped does not count.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Puts the packet into a socket's outbox; its ack is waited for from before that on.</summary>
    public void Deliver(IRoomMember member, WirePacket packet, bool isVolatile)
    {
        if (TryAwait(member) && member.Deliver(packet, isVolatile))
        {
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Waits until each recipient has acked or left, or the limit has passed. To be called when all are known.</summary>
    public async Task<IReadOnlyList<AckRecord>> CollectAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Task all = Task.WhenAll(_answers.Values.Select(waiting => waiting.Answer));
        await all.WaitAsync(limit, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Forget();
        List<AckRecord> acks = [];
        foreach (var (id, waiting) in _answers)
        {
            acks.Add(await OutcomeOfAsync(id, waiting.Answer));
        }

        return acks;
    }

    /// <summary>Nobody waits for the acks any more.</summary>
    public void Forget()
    {
        foreach (var (socket, _) in _answers.Values)
        {
            socket?.ForgetAck(ackId ?? -1);
        }
    }

    private static async Task<AckRecord> OutcomeOfAsync(string id, Task<EventArguments> answer)
    {
        if (answer.IsCompletedSuccessfully)
        {
            return new AckRecord(id, CallResult.Acknowledged, (await answer).Data);
        }

        return new AckRecord(id, answer.IsFaulted ? CallResult.Disconnected : CallResult.TimedOut, ArgumentData.None);
    }

    /// <summary>
    /// False: a call of another node waits for an ack of this socket under the very same number. This one must not get that
    /// ack, so its event is not sent, and it counts as timed out.
    /// </summary>
    private bool TryAwait(IRoomMember member)
    {
        if (ackId is not { } id || member is not Socket socket)
        {
            return true;
        }

        var isFree = socket.TryAwaitAck(id, out var answer);
        _answers[socket.Id] = isFree ? (socket, answer) : (null, NoAnswer);
        return isFree;
    }
}
