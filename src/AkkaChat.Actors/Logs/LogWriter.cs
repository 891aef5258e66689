using System.Threading.Channels;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>
/// Gives everything that concerns logs its turn, one after the other, on the whole node: so the order in a log, the order in
/// which its messages are sent to the room, and the places at which sockets come in are one order. Messages that wait are
/// stored together, whatever logs they are for.
/// </summary>
internal sealed class LogWriter(RoomLogs logs)
{
    private const int MostWaiting = 10_000;
    private const int LargestGroup = 1000;
    private const long MostBytes = 64 << 20;
    private const int ReadAtOnce = 500;

    private readonly Channel<LogOperation> _waiting = Channel.CreateBounded<LogOperation>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly LogTops _tops = new(logs.Reader);
    private readonly HashSet<RoomLogKey> _doubtful = [];
    private Task _running = Task.CompletedTask;
    private long _bytes;

    /// <summary>Lets an operation wait for its turn, or fails it.</summary>
    public void Add(LogOperation operation)
    {
        var isOver = Interlocked.Add(ref _bytes, operation.Size) > MostBytes;
        if (isOver || !_waiting.Writer.TryWrite(operation))
        {
            Interlocked.Add(ref _bytes, -operation.Size);
            operation.Fail(LogUnavailable.Of(new InvalidOperationException(
                "The server ends, or more waits for the store of the room logs than it may.")));
        }
    }

    public void Start()
    {
        // The loop belongs to no handler, even if one's start is what starts the server.
        using var flow = ExecutionContext.SuppressFlow();
        _running = Task.Run(RunAsync);
    }

    /// <summary>Takes nothing more; completes when all that waits has had its turn.</summary>
    public Task StopAsync()
    {
        _waiting.Writer.TryComplete();
        return _running;
    }

    private async Task RunAsync()
    {
        List<LogOperation> group = [];
        while (await _waiting.Reader.WaitToReadAsync())
        {
            Take(group);
            try
            {
                await RunAsync(group);
            }
            catch (Exception exception)
            {
                logs.Log.StoreFailed(exception, group.Count(operation => !operation.HasEnded));
                group.ForEach(operation => operation.Fail(LogUnavailable.Of(exception)));
            }

            group.Clear();
        }
    }

    private void Take(List<LogOperation> group)
    {
        while (group.Count < LargestGroup && group is not [.., { EndsGroup: true }] && _waiting.Reader.TryRead(out var operation))
        {
            Interlocked.Add(ref _bytes, -operation.Size);
            if (!operation.HasEnded)
            {
                group.Add(operation);
            }
        }
    }

    /// <summary>
    /// Sockets come in after the messages of their group: wherever they come in, they have what was before from the log.
    /// </summary>
    private async Task RunAsync(List<LogOperation> group)
    {
        await SettleAsync();
        _tops.Trim();
        if (group.OfType<PublishOperation>().ToList() is { Count: > 0 } messages)
        {
            await AppendAsync(messages);
        }

        foreach (var operation in group)
        {
            await RunAsync(operation);
        }
    }

    /// <summary>What fails here concerns nobody else.</summary>
    private async Task RunAsync(LogOperation operation)
    {
        try
        {
            await (operation switch
            {
                LogJoinOperation join => JoinAsync(join),
                ReplaceOperation replace => ReplaceAsync(replace),
                ClearOperation clear => ClearAsync(clear),
                _ => Task.CompletedTask,
            });
        }
        catch (Exception exception)
        {
            logs.Log.StoreFailed(exception, 1);
            operation.Fail(LogUnavailable.Of(exception));
        }
    }

    private async Task JoinAsync(LogJoinOperation join) => await join.JoinAsync(await _tops.GetAsync(join.Key));

    private async Task AppendAsync(List<PublishOperation> messages)
    {
        foreach (var message in messages)
        {
            await _tops.GetAsync(message.Key);
        }

        // Whatever goes wrong from here on, some may be stored and not sent.
        _doubtful.UnionWith(messages.Select(message => message.Key));
        var group = messages.ConvertAll(message => message.Append);
        var places = await logs.Calls.RunAsync((store, limit) => store.AppendAsync(group, limit), CancellationToken.None);
        for (var index = 0; index < messages.Count; index++)
        {
            await PlaceAsync(messages[index], places[index]);
        }

        _doubtful.Clear();
    }

    private async Task PlaceAsync(PublishOperation message, LogAppended place)
    {
        if ((await _tops.GetAsync(message.Key)).Epoch != place.Position.Epoch)
        {
            // Nobody was sent anything of a log's new life yet.
            _tops.Set(message.Key, place.Position with { Offset = 0 });
        }

        // An append that was given up may have been stored later: others before this message, or this one itself.
        if (place.IsRepeated)
        {
            await SendAsync(message.Key, before: place.Position.Offset + 1);
            message.Repeat(place.Position);
            return;
        }

        await SendAsync(message.Key, before: place.Position.Offset);
        _tops.Set(message.Key, place.Position);
        message.Emit(place.Position);
    }

    /// <summary>Sends what was stored by appends of which nobody knew how they ended. Until that is done nothing else is.</summary>
    private async Task SettleAsync()
    {
        foreach (var log in _doubtful.ToList())
        {
            await SendAsync(log, before: long.MaxValue);
            _doubtful.Remove(log);
        }
    }

    /// <summary>Sends what is in the log below an offset, and has not been sent.</summary>
    private async Task SendAsync(RoomLogKey log, long before)
    {
        for (var top = await _tops.GetAsync(log); top.Offset + 1 < before; top = await _tops.GetAsync(log))
        {
            var slice = await logs.Reader.ReadAsync(log, new LogRange(top.Offset, before, ReadAtOnce, Newest: false), CancellationToken.None);
            if (slice.Top.Epoch != top.Epoch)
            {
                _tops.Set(log, slice.Top with { Offset = 0 });
                continue;
            }

            if (slice.Entries.Count == 0)
            {
                _tops.Set(log, slice.Top with { Offset = Math.Min(slice.Top.Offset, before - 1) });
                return;
            }

            foreach (var entry in slice.Entries)
            {
                _tops.Set(log, top with { Offset = entry.Offset });
                _ = logs.EmitStored(log, top.Epoch, entry);
            }
        }
    }

    private async Task ReplaceAsync(ReplaceOperation replace) => replace.End(await logs.Calls.RunAsync(
        (store, limit) => store.ReplaceAsync(replace.Key, replace.Position, replace.Content, limit), CancellationToken.None));

    private async Task ClearAsync(ClearOperation clear)
    {
        var now = logs.Server.Time.GetUtcNow();
        var epoch = await logs.Calls.RunAsync((store, limit) => store.ResetAsync(clear.Key, now, limit), CancellationToken.None);
        _tops.Set(clear.Key, new LogPosition(epoch, 0));
        clear.Done();
    }
}
