namespace AkkaChat.Stores;

/// <summary>
/// Where the logs of durable rooms are kept. To be registered as a singleton service; the container disposes of it. In a cluster
/// every node has one, and the node that writes opens its own; when another node is to write, the server disposes of it before.
/// Thread-safe: there is one append at a time, but reads and trims come beside it, and an append that is late may still run
/// when the next one comes. A call that fails throws; one that is cancelled may have taken effect.
/// </summary>
public interface IRoomLogStore : IAsyncDisposable
{
    /// <summary>
    /// Makes the store ready, before the server starts. What it throws stops the start; in a cluster, where it is called when
    /// this node is to write, it is tried again.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Appends messages to their logs, in the order given, all or none. When it completes they are stored as safely as the
    /// store can. The first message of a log that is not there makes it, under the store's own epoch. What a log has
    /// beyond <c>MaxEntries</c> is removed.
    /// </summary>
    /// <param name="group">The messages, of any logs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>For each message its position. For an id that its log has, the one of the message that has it.</returns>
    Task<IReadOnlyList<LogAppended>> AppendAsync(IReadOnlyList<LogAppend> group, CancellationToken cancellationToken);

    /// <summary>Reads a part of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="range">Which part.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The messages in ascending order, and the log's top as it was at the same moment. A log that is not there reads as
    /// empty, with offset 0 and the epoch it would be made with.
    /// </returns>
    Task<LogSlice> ReadAsync(RoomLogKey log, LogRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the content of a message, and nothing else of it. When it completes, what was there before is not read any more.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="position">The message's position.</param>
    /// <param name="content">The new content.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the log has no such message, or another epoch.</returns>
    Task<bool> ReplaceAsync(RoomLogKey log, LogPosition position, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Removes all messages of a log, which begins again from 1 in an epoch that was never used.</summary>
    /// <param name="log">The log.</param>
    /// <param name="now">The time by the server's clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The new epoch.</returns>
    Task<string> ResetAsync(RoomLogKey log, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what is older than <c>MaxAge</c>, of each log the oldest, so that no hole comes into being. A log without messages
    /// keeps epoch and offset for at least a day after it became empty; if it is forgotten then, no log made later may have its
    /// epoch.
    /// </summary>
    /// <param name="now">The time by the server's clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task TrimAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
