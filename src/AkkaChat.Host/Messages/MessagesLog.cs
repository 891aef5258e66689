namespace AkkaChat.Host.Messages;

internal static partial class MessagesLog
{
    [LoggerMessage(EventId = 3100, Level = LogLevel.Warning,
        Message = "What the log of room {Room} says could not be taken into the tables; it is tried again in a second")]
    public static partial void NotProjected(ILogger logger, Exception exception, string room);

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error,
        Message = "The entry {Offset} of the log of room {Room} can't be stored in the tables, for what it says; it is left out")]
    public static partial void LeftOut(ILogger logger, Exception? exception, long offset, string room);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning,
        Message = "What deleted messages said could not be taken out of the log of room {Room}; it is tried again in a second")]
    public static partial void NotRedacted(ILogger logger, Exception exception, string room);
}
