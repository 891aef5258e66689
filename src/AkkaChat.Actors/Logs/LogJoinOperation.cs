using AkkaChat.Delivery;
using AkkaChat.Sockets;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>
/// A socket comes into a durable room at one place of its log. What it has missed is read ahead, so that in the log's own
/// order, where all others wait, only what came meanwhile is left to be read.
/// </summary>
internal sealed class LogJoinOperation(RoomLogs logs, Namespace owner, string room, Socket socket, LogPosition? since, int limit)
    : LogOperation(logs, new RoomLogKey(owner.Name, room))
{
    private LogSlice _tail = new(default, []);
    private int _hasComeIn;

    /// <summary>How it came in, once it has.</summary>
    public LogJoin? Result { get; private set; }

    /// <inheritdoc/>
    public override void Start()
    {
        Logs.Server.Deadlines.Watch(this);
        _ = ReadAheadAsync();
    }

    /// <summary>In the log's order: the room has been sent all up to this top, and nothing beyond.</summary>
    public async Task JoinAsync(LogPosition top)
    {
        await CatchUpAsync(top);
        if (HasEnded)
        {
            return;
        }

        IReadOnlyList<StoredEntry> missed = _tail.Top.Epoch == top.Epoch
            ? [.. _tail.Entries.Where(entry => entry.Offset <= top.Offset).TakeLast(limit)]
            : [];
        var first = missed is [var oldest, ..] ? oldest.Offset : top.Offset + 1;
        Result = new LogJoin(top, missed.Count, LogContinuity.Upwards(since, top, first));
        var joined = new Unawaited();
        if (socket.JoinAfter(Key.Room, [.. missed.Select(entry => RoomLogs.Packet(owner, top.Epoch, entry))], joined))
        {
            Interlocked.Exchange(ref _hasComeIn, 1);
        }

        if (HasEnded)
        {
            Undo();
        }

        _ = EndWithAsync(joined.Task);
    }

    /// <inheritdoc/>
    protected override void OnFailed() => Undo();

    /// <summary>Whoever was told that it failed is not in the room. What has failed before the socket came in finds nothing to undo.</summary>
    private void Undo()
    {
        if (Interlocked.Exchange(ref _hasComeIn, 0) != 0)
        {
            socket.Undo(Key.Room);
        }
    }

    private async Task ReadAheadAsync()
    {
        try
        {
            _tail = await Logs.Reader.ReadTailAsync(Key, since, limit);
            Logs.Writer.Add(this);
        }
        catch (Exception exception)
        {
            Logs.Log.StoreFailed(exception, 1);
            Fail(LogUnavailable.Of(exception));
        }
    }

    private async Task CatchUpAsync(LogPosition top)
    {
        if (_tail.Top.Epoch != top.Epoch)
        {
            _tail = await Logs.Reader.ReadTailAsync(Key, since, limit);
        }
        else if (_tail.Top.Offset < top.Offset)
        {
            var more = await Logs.Reader.ReadAsync(
                Key, new LogRange(_tail.Top.Offset, top.Offset + 1, limit, Newest: true), CancellationToken.None);
            _tail = new LogSlice(more.Top, [.. _tail.Entries, .. more.Entries]);
        }
    }

    private async Task EndWithAsync(Task joined)
    {
        try
        {
            await joined;
            Done();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}
