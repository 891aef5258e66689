using AkkaChat.Delivery;
using AkkaChat.Handlers;
using AkkaChat.Logs.Clustered;
using AkkaChat.Nodes;
using AkkaChat.Sockets;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>The log of one room, as applications see it.</summary>
internal sealed record RoomLog(Namespace Owner, RoomLogs Logs, string Room, string? MessageId) : IRoomLog
{
    private RoomLogKey Key => new(Owner.Name, Room);

    /// <inheritdoc/>
    public IRoomLog Once(string messageId) => this with { MessageId = LogText.CheckId(messageId) };

    /// <inheritdoc/>
    public Task<LogPosition> PublishAsync(string eventName, params object?[] arguments)
    {
        _ = Owner.Rooms; // Not before the server has started: it could be stored, and would then reach nobody.
        var data = Content(eventName, arguments);
        return RunAsync(PublishOperation.Of(Logs, Key, eventName, data, MessageId), static message => message.Position);
    }

    /// <inheritdoc/>
    public async Task<LogPage> ReadAsync(
        LogPosition? since = null, int limit = 100, bool reverse = false, CancellationToken cancellationToken = default)
    {
        CheckLimit(limit, 1);
        try
        {
            var reading = new LogReading(reverse ? LogReadingKind.Down : LogReadingKind.Up, since, limit);
            var (slice, isContinuous) = await Logs.ReadAsync(Key, reading, cancellationToken);
            var entries = slice.Entries.Select(EntryOf);
            return new LogPage(slice.Top, [.. reverse ? entries.Reverse() : entries], isContinuous);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not EventException)
        {
            Logs.Log.StoreFailed(exception, 1);
            throw LogUnavailable.Of(exception);
        }
    }

    /// <inheritdoc/>
    public Task<LogJoin> JoinAsync(Socket socket, LogPosition? since = null, int limit = 100)
    {
        ArgumentNullException.ThrowIfNull(socket);
        CheckLimit(limit, 0);
        if (!ReferenceEquals(socket.Namespace, Owner))
        {
            throw new ArgumentException($"The socket is in namespace {socket.Namespace.Name}, the room in {Owner.Name}.", nameof(socket));
        }

        return Logs.Cluster is { } cluster
            ? RunAsync(new PlacedJoinOperation(cluster, Owner, Room, socket, since, limit), static join => join.Result!)
            : RunAsync(new LogJoinOperation(Logs, Owner, Room, socket, since, limit), static join => join.Result!);
    }

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(LogPosition position, string eventName, params object?[] arguments)
    {
        var data = Content(eventName, arguments);
        var operation = new ReplaceOperation(Logs, Key, position, eventName, data);
        Logs.Cluster?.CheckSize(operation.Size);
        return LogText.MayHave(position) ? RunAsync(operation, static replace => replace.WasThere) : Task.FromResult(false);
    }

    /// <inheritdoc/>
    public Task ClearAsync() => RunAsync(new ClearOperation(Logs, Key), static clear => clear);

    private static async Task<TResult> RunAsync<TOperation, TResult>(TOperation operation, Func<TOperation, TResult> result)
        where TOperation : Operation
    {
        await LogUnavailable.OrThrowAsync(OperationScope.Run(operation));
        return result(operation);
    }

    private ArgumentData Content(string eventName, object?[]? arguments)
    {
        EventName.Check(eventName);
        var data = Owner.Serializer.Arguments(arguments ?? [null]);
        Owner.Serializer.CheckAttachments(data.Attachments.Count, eventName);
        return data;
    }

    private static void CheckLimit(int limit, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LogReader.MostEntries);
    }

    private LogEntry EntryOf(StoredEntry entry)
    {
        var (eventName, arguments) = LogEventCodec.Decode(entry.Content);
        return new LogEntry(
            entry.Offset, entry.At, eventName, new EventArguments(arguments, Owner.Serializer), entry.MessageId);
    }
}
