namespace AkkaChat.Stores;

/// <summary>A message to be stored.</summary>
/// <param name="Log">The log it goes to.</param>
/// <param name="Content">The message, opaque to the store: UTF-8 JSON.</param>
/// <param name="MessageId">Unique in its log; null for none.</param>
/// <param name="At">The time, by the server's clock.</param>
/// <param name="Limits">How much of the log is kept.</param>
public sealed record LogAppend(
    RoomLogKey Log, ReadOnlyMemory<byte> Content, string? MessageId, DateTimeOffset At, RoomLogLimits Limits);

/// <summary>What has become of a message to be stored.</summary>
/// <param name="Position">Its place.</param>
/// <param name="IsRepeated">Whether the log had a message of that id, and nothing was stored.</param>
public readonly record struct LogAppended(LogPosition Position, bool IsRepeated);
