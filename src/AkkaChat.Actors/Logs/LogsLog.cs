using AkkaChat.Stores;
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

    [LoggerMessage(4, LogLevel.Information, "This node writes the room logs of the cluster.")]
    public partial void Writing();

    [LoggerMessage(5, LogLevel.Information, "This node writes the room logs no more.")]
    public partial void WritesNoMore();

    [LoggerMessage(6, LogLevel.Warning, "This node is to write the room logs of the cluster, and cannot yet; it is tried again.")]
    public partial void NotOpened(Exception exception);

    [LoggerMessage(7, LogLevel.Debug, "The log {Log} could not be read; it is tried again.")]
    public partial void CatchUpFailed(Exception exception, RoomLogKey log);
}
