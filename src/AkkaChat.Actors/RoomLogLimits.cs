namespace AkkaChat;

/// <summary>How much of a room's log is kept. What is over either limit is trimmed, the oldest first.</summary>
/// <param name="MaxEntries">The most messages, from 1.</param>
/// <param name="MaxAge">How long a message is kept; it is gone a minute later at the latest.</param>
public readonly record struct RoomLogLimits(int MaxEntries, TimeSpan MaxAge);
