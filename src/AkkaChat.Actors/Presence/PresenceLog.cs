using Microsoft.Extensions.Logging;

namespace AkkaChat.Presence;

/// <summary>What is logged of presence.</summary>
internal sealed partial class PresenceLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Error, "Changes of presence could not be told.")]
    public partial void TellFailed(Exception exception);
}
