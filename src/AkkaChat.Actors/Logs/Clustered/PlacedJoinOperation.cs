using AkkaChat.Delivery;
using AkkaChat.Nodes;
using AkkaChat.Sockets;
using AkkaChat.Stores;

namespace AkkaChat.Logs.Clustered;

/// <summary>
/// A socket comes into a durable room of a cluster. It comes into the room first, where all that is live waits at its
/// <see cref="LogPlace"/>; then the log is read, which has all that came before; then it gets both. The node that writes does
/// not wait for it.
/// </summary>
internal sealed class PlacedJoinOperation(ClusterLogs cluster, Namespace owner, string room, Socket socket, LogPosition? since, int limit)
    : Operation
{
    private readonly LogPlace _place = cluster.PlaceOf(new RoomLogKey(owner.Name, room), socket);

    /// <summary>How it came in, once it has.</summary>
    public LogJoin? Result { get; private set; }

    /// <inheritdoc/>
    public override string Overdue => "The room, or its log, did not let the socket in";

    /// <inheritdoc/>
    /// <remarks>It has no target, so that its handler's other operations wait for it: its place in the log is of its own finding.</remarks>
    public override void Start()
    {
        owner.Server.Deadlines.Watch(this);
        _ = JoinAsync();
    }

    /// <inheritdoc/>
    protected override void OnFailed() => socket.Undo(_place);

    private async Task JoinAsync()
    {
        try
        {
            await socket.EnterAsync(_place, this);
            if (!HasEnded)
            {
                await BeginAsync();
                Done();
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task BeginAsync()
    {
        var key = new RoomLogKey(owner.Name, room);
        var tail = await ReadAsync(key);
        var first = tail.Entries is [var oldest, ..] ? oldest.Offset : tail.Top.Offset + 1;
        Result = new LogJoin(tail.Top, tail.Entries.Count, LogContinuity.Upwards(since, tail.Top, first));
        _place.Begin(tail.Top, [.. tail.Entries.Select(entry => RoomLogs.Packet(owner, tail.Top.Epoch, entry))]);
    }

    /// <summary>On the node that writes, what the store throws comes this far.</summary>
    private async Task<LogSlice> ReadAsync(RoomLogKey key)
    {
        try
        {
            return (await cluster.ReadAsync(key, new LogReading(LogReadingKind.Tail, since, limit), CancellationToken.None)).Slice;
        }
        catch (Exception exception) when (exception is not EventException)
        {
            owner.Server.Logs!.Log.StoreFailed(exception, 1);
            throw LogUnavailable.Of(exception);
        }
    }
}
