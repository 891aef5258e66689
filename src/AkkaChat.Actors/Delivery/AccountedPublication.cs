using System.Collections.Concurrent;
using System.Text.Json;
using AkkaChat.Nodes;
using AkkaChat.Protocol;
using AkkaChat.Rooms;
using AkkaChat.Sockets;

namespace AkkaChat.Delivery;

/// <summary>
/// A publication that knows its recipients: a call to several sockets, or an emit that counts them. All get the same packet
/// under the same ack id, which comes from a range of its own, so it is encoded once. Other nodes note who has got it and
/// are asked afterwards.
/// </summary>
internal sealed class AccountedPublication : Publication
{
    /// <summary>How much longer than its own limit the answer of another node is waited for.</summary>
    private static readonly TimeSpan Travel = TimeSpan.FromSeconds(1);

    private readonly Recipients _recipients;
    private readonly ConcurrentQueue<RoomPlace> _places = new();

    private AccountedPublication(Selection selection, WirePacket packet, long? ackId)
        : base(selection, packet)
    {
        _recipients = new Recipients(ackId);
        Receipt = new PublicationReceipt(Guid.NewGuid(), ackId);
    }

    /// <inheritdoc/>
    protected override PublicationReceipt? Receipt { get; }

    private AkkaChatServer Server => Selection.Namespace.Server;

    /// <summary>An event that asks each recipient for its ack.</summary>
    public static AccountedPublication Call(Selection selection, string eventName, object?[] arguments)
    {
        var ackId = AwaitedAcks.NextSharedId();
        return new AccountedPublication(selection, selection.Encode(eventName, ackId, arguments), ackId);
    }

    /// <summary>An event whose recipients are only counted.</summary>
    public static AccountedPublication Emit(Selection selection, string eventName, object?[] arguments) =>
        new(selection, selection.Encode(eventName, null, arguments), null);

    /// <summary>Sends it; completes when all recipients are known, here and in the books of the other nodes.</summary>
    public async Task RunAsync()
    {
        try
        {
            await OperationScope.Run(this);
        }
        catch (Exception)
        {
            _recipients.Forget();
            throw;
        }
    }

    /// <summary>How many sockets have got it.</summary>
    public async Task<SocketCount> CountAsync()
    {
        var answers = await AskAsync(Server.Settings.EmitTimeout);
        return new SocketCount(_recipients.Count + answers.Replies.OfType<NodeReply.Receipt>().Sum(receipt => receipt.Delivered), answers.Missing);
    }

    /// <summary>Waits for all outcomes.</summary>
    public async Task<Gathered<CallOutcome<T>>> CollectAsync<T>()
    {
        var limit = Selection.Options.Timeout ?? Server.Settings.CallTimeout;
        var elsewhere = AskAsync(limit);
        var here = await _recipients.CollectAsync(limit, Server.Time, CancellationToken.None);
        var answers = await elsewhere;
        var acks = here.Concat(answers.Replies.OfType<NodeReply.Receipt>().SelectMany(receipt => receipt.Acks));
        return new Gathered<CallOutcome<T>>([.. acks.Select(OutcomeOf<T>)], answers.Missing);
    }

    /// <inheritdoc/>
    public override void OnPlaced(RoomName room, long sequence) => _places.Enqueue(new RoomPlace(room, sequence));

    /// <inheritdoc/>
    protected override void DeliverTo(IRoomMember member, WirePacket content) =>
        _recipients.Deliver(member, content, Selection.Options.IsVolatile);

    private async Task<PeerAnswers> AskAsync(TimeSpan limit)
    {
        var request = new NodeRequest.CollectReceipt(Selection.Namespace.Name, Receipt!.Value.Id, [.. _places], limit);
        return await Selection.AskOthersAsync(request, limit + Travel, CancellationToken.None);
    }

    private CallOutcome<T> OutcomeOf<T>(AckRecord ack)
    {
        if (ack.Result != CallResult.Acknowledged)
        {
            return new CallOutcome<T>(ack.SocketId, ack.Result, default);
        }

        try
        {
            var arguments = new EventArguments(ack.Arguments, Selection.Namespace.Serializer);
            return new CallOutcome<T>(ack.SocketId, ack.Result, AckResult.As<T>(arguments));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return new CallOutcome<T>(ack.SocketId, CallResult.Invalid, default);
        }
    }
}
