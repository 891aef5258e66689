using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs.Clustered;

/// <summary>Does what other nodes ask of the one that writes the logs. Thread-safe.</summary>
internal sealed class LogRequests(RoomLogs? logs)
{
    private const int EntryOverhead = 64;

    /// <summary>What changes a log has its place among those that wait when this returns. Never throws.</summary>
    public async Task<IEnumerable<NodeReply>> AnswerAsync(LogRequest request)
    {
        try
        {
            var replies = request is LogRequest.Release ? await ReleaseAsync() : await DoAsync(request);
            return replies.Select(reply => new NodeReply.Log(reply));
        }
        catch (Exception exception)
        {
            var why = exception is EventException { InnerException: { } inner } ? inner.Message : exception.Message;
            return [new NodeReply.Log(new LogReply.Unavailable(why))];
        }
    }

    private async Task<IEnumerable<LogReply>> ReleaseAsync()
    {
        await (logs?.Cluster?.ReleaseAsync() ?? Task.CompletedTask);
        return [new LogReply.Done()];
    }

    private async Task<IEnumerable<LogReply>> DoAsync(LogRequest request)
    {
        if (logs?.Cluster is not { IsWriting: true })
        {
            throw LogUnavailable.Moving();
        }

        return request switch
        {
            LogRequest.Publish publish => [await PublishAsync(logs, publish)],
            LogRequest.Replace replace => [await ReplaceAsync(logs, replace)],
            LogRequest.Clear clear => [await ClearAsync(logs, new RoomLogKey(clear.Namespace, clear.Room))],
            LogRequest.Read read => await ReadAsync(logs, new RoomLogKey(read.Namespace, read.Room), read.Reading),
            _ => [],
        };
    }

    private static async Task<LogReply> PublishAsync(RoomLogs logs, LogRequest.Publish request)
    {
        var key = new RoomLogKey(request.Namespace, request.Room);
        var operation = PublishOperation.Of(logs, key, request.EventName, request.Arguments, request.MessageId);
        operation.StartHere();
        await operation.Task;
        return new LogReply.Published(operation.Position, operation.Sequence);
    }

    private static async Task<LogReply> ReplaceAsync(RoomLogs logs, LogRequest.Replace request)
    {
        var key = new RoomLogKey(request.Namespace, request.Room);
        var operation = new ReplaceOperation(logs, key, request.Position, request.EventName, request.Arguments);
        operation.StartHere();
        await operation.Task;
        return new LogReply.Replaced(operation.WasThere);
    }

    private static async Task<LogReply> ClearAsync(RoomLogs logs, RoomLogKey key)
    {
        var operation = new ClearOperation(logs, key);
        operation.StartHere();
        await operation.Task;
        return new LogReply.Done();
    }

    private static async Task<IEnumerable<LogReply>> ReadAsync(RoomLogs logs, RoomLogKey key, LogReading reading)
    {
        var bounded = reading with { Limit = Math.Clamp(reading.Limit, 0, LogReader.MostEntries) };
        var (slice, isContinuous) = await logs.Reader.ReadAsync(key, bounded, CancellationToken.None);
        return Pages.Of(slice.Entries, entry => entry.Content.Length + EntryOverhead)
            .Select(page => new LogReply.Part(slice.Top, isContinuous, page));
    }
}
