using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Connections;

/// <summary>What TCP connections log, in the category <c>AkkaChat.Connections</c>.</summary>
internal sealed partial class ConnectionLog(ILogger logger)
{
    public ConnectionLog(ILoggerFactory loggers)
        : this(loggers.CreateLogger("AkkaChat.Connections"))
    {
    }

    [LoggerMessage(1, LogLevel.Error, "What was to be called at the end of a connection failed.")]
    public partial void ClosedCallbackFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Error, "No connection can be accepted: the process has as many open files as it may have (ulimit -n).")]
    public partial void TooManyFiles();
}
