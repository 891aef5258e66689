using Microsoft.Extensions.Logging;

namespace AkkaChat.Logs;

/// <summary>What is logged of room logs. No content of messages.</summary>
internal sealed partial class LogsLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Error, "The store of the room logs failed; {Count} operations have failed with it.")]
    public partial void StoreFailed(Exception exception, int count);

    [LoggerMessage(2, LogLevel.Error, "Messages of room logs could not be trimmed; it is tried again.")]
    public partial void TrimFailed(Exception exception);

    [LoggerMessage(3, LogLevel.Error, "A message of the log of room '{Room}' in namespace {Namespace} is stored, but could not be sent.")]
    public partial void EmitFailed(Exception exception, string room, string @namespace);
}
