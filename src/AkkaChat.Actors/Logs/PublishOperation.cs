using AkkaChat.Logs.Clustered;
using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>A message on its way into its log and then to the room's members.</summary>
internal sealed class PublishOperation(RoomLogs logs, LogAppend append, string eventName, ArgumentData arguments)
    : LogChange(logs, append.Log)
{
    public LogAppend Append { get; } = append;

    /// <summary>Its place, once it has one.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>Its place in the room's order, if that spans nodes and it has one.</summary>
    public long Sequence { get; private set; }

    /// <inheritdoc/>
    public override int Size { get; } = append.Content.Length;

    /// <summary>A message of this moment.</summary>
    public static PublishOperation Of(RoomLogs logs, RoomLogKey log, string eventName, ArgumentData arguments, string? messageId)
    {
        var content = LogEventCodec.Encode(eventName, arguments);
        logs.Cluster?.CheckSize(content.Length);
        return new PublishOperation(
            logs, new LogAppend(log, content, messageId, logs.Server.Time.GetUtcNow(), logs.LimitsOf(log)), eventName, arguments);
    }

    /// <summary>The log has had a message of that id.</summary>
    public void Repeat(LogPosition position)
    {
        Position = position;
        Done();
    }

    /// <summary>It has its place in an order that spans nodes.</summary>
    public void Placed(long sequence) => Sequence = sequence;

    /// <summary>It is stored; now the members get it.</summary>
    public void Emit(LogPosition position)
    {
        Position = position;
        _ = EndWithAsync(Logs.Emit(Key, position, eventName, arguments, this));
    }

    /// <inheritdoc/>
    /// <remarks>The publisher's own clients have it, as far as they are on this node, before the publisher hears of it.</remarks>
    protected override async Task AskAsync(ClusterLogs cluster)
    {
        var request = new LogRequest.Publish(Key.Namespace, Key.Room, eventName, arguments, Append.MessageId);
        var published = await cluster.Writer.PublishAsync(request);
        Position = published.Position;
        await cluster.DeliveredAsync(Key, published.Sequence);
    }

    private async Task EndWithAsync(Task emitted)
    {
        try
        {
            await emitted;
            Done();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}
