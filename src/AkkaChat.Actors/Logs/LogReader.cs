using AkkaChat.Nodes;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>Reads parts of logs as clients ask for them: since a position that may be of another epoch.</summary>
internal sealed class LogReader(StoreCalls calls)
{
    public const int MostEntries = 1000;

    /// <summary>A part of a log as another node asks for it.</summary>
    public async Task<(LogSlice Slice, bool IsContinuous)> ReadAsync(RoomLogKey log, LogReading reading, CancellationToken cancellationToken) =>
        reading.Kind == LogReadingKind.Tail
            ? (await ReadTailAsync(log, reading.Since, reading.Limit), true)
            : await ReadPageAsync(log, reading.Since, reading.Limit, reading.Kind == LogReadingKind.Down, cancellationToken);

    /// <summary>The newest messages since a position, up to a limit, in ascending order.</summary>
    public async Task<LogSlice> ReadTailAsync(RoomLogKey log, LogPosition? since, int limit)
    {
        var slice = await ReadAsync(log, new LogRange(OffsetOf(since), long.MaxValue, limit, Newest: true), CancellationToken.None);
        return LogContinuity.AfterOf(since, slice.Top) is null && OffsetOf(since) > 0
            ? await ReadAsync(log, new LogRange(0, long.MaxValue, limit, Newest: true), CancellationToken.None)
            : slice;
    }

    /// <summary>A page upwards or downwards from a position.</summary>
    /// <returns>The slice, in ascending order, and whether it is continuous with the position.</returns>
    public async Task<(LogSlice Slice, bool IsContinuous)> ReadPageAsync(
        RoomLogKey log, LogPosition? since, int limit, bool reverse, CancellationToken cancellationToken)
    {
        var slice = await ReadAsync(log, PageOf(since, limit, reverse), cancellationToken);
        if (LogContinuity.AfterOf(since, slice.Top) is null)
        {
            slice = await ReadAsync(log, PageOf(null, limit, reverse), cancellationToken);
            return (slice, false);
        }

        return (slice, reverse
            ? LogContinuity.Downwards(since, slice.Top, slice.Entries is [.., var newest] ? newest.Offset : 0)
            : LogContinuity.Upwards(since, slice.Top, slice.Entries is [var oldest, ..] ? oldest.Offset : slice.Top.Offset + 1));
    }

    public Task<LogSlice> ReadAsync(RoomLogKey log, LogRange range, CancellationToken cancellationToken) =>
        calls.RunAsync((store, limit) => store.ReadAsync(log, range, limit), cancellationToken);

    private static LogRange PageOf(LogPosition? since, int limit, bool reverse) => reverse
        ? new LogRange(0, since is null ? long.MaxValue : OffsetOf(since), limit, Newest: true)
        : new LogRange(OffsetOf(since), long.MaxValue, limit, Newest: false);

    /// <summary>It comes from a client and may be anything.</summary>
    private static long OffsetOf(LogPosition? since) => Math.Clamp(since?.Offset ?? 0, 0, long.MaxValue - 1);
}
