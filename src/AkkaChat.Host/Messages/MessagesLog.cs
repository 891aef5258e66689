namespace AkkaChat.Host.Messages;

internal static partial class MessagesLog
{
    [LoggerMessage(EventId = 3100, Level = LogLevel.Warning,
        Message = "What the log of room {Room} says could not be taken into the tables; it is tried again in a second")]
    public static partial void NotProjected(ILogger logger, Exception exception, string room);
}
