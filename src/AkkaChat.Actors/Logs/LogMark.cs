namespace AkkaChat.Logs;

/// <summary>Says of a publication that it is a message of a room's log.</summary>
/// <param name="Room">The room.</param>
/// <param name="Position">Its place in the log.</param>
internal readonly record struct LogMark(string Room, LogPosition Position);
