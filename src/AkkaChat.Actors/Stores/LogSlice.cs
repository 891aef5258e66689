namespace AkkaChat.Stores;

/// <summary>Which part of a log to read.</summary>
/// <param name="After">Only offsets above this one.</param>
/// <param name="Before">Only offsets below this one.</param>
/// <param name="Limit">How many at most; 0 for none, only the top.</param>
/// <param name="Newest">Whether the last ones within these bounds are meant, or the first.</param>
public readonly record struct LogRange(long After, long Before, int Limit, bool Newest)
{
    /// <summary>No messages, only the log's top.</summary>
    public static LogRange TopOnly { get; } = new(0, 0, 0, false);
}

/// <summary>A part of a log, as stored.</summary>
/// <param name="Top">The newest position that was given out, and the log's epoch.</param>
/// <param name="Entries">The messages, in ascending order.</param>
public sealed record LogSlice(LogPosition Top, IReadOnlyList<StoredEntry> Entries);

/// <summary>A message, as stored.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="At">When it was taken.</param>
/// <param name="MessageId">Its id; null for none.</param>
/// <param name="Content">The message.</param>
public sealed record StoredEntry(long Offset, DateTimeOffset At, string? MessageId, ReadOnlyMemory<byte> Content);
