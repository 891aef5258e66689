namespace AkkaChat.Host.Chat;

internal static partial class VisitsLog
{
    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "When somebody was last seen could not be noted")]
    public static partial void NotNoted(ILogger logger, Exception exception);
}
