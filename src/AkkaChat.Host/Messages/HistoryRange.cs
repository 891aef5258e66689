namespace AkkaChat.Host.Messages;

/// <summary>Which part of a room's history; at most one of the four says where, none means the newest messages.</summary>
/// <param name="Before">Messages before this one.</param>
/// <param name="After">Messages after this one.</param>
/// <param name="Around">This message with those before and after it.</param>
/// <param name="At">The first message at or after that time, with those before and after it.</param>
/// <param name="Limit">How many at most.</param>
internal readonly record struct HistoryRange(long? Before, long? After, long? Around, long? At, int Limit);

/// <summary>A part of a room's history, in ascending order.</summary>
internal sealed record HistoryPage(IReadOnlyList<MessageShape> Messages, LogPosition Position, bool Older, bool Newer);
