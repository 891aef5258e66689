using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AkkaChat;

/// <summary>
/// Akka.NET's log messages go to the application's logger. Made by Akka.NET, from the <c>akka.loggers</c> setting.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it by its name.")]
internal sealed partial class AkkaLogBridge : UntypedActor
{
    private ILogger? _logger;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                _logger = LoggerOf(Context.System);
                Sender.Tell(new LoggerInitialized());
                break;
            case LogEvent log:
                Write(log);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Write(LogEvent log)
    {
        var level = LevelOf(log);
        if (_logger?.IsEnabled(level) == true)
        {
            // Not the event's own text, which says level, time and thread once more.
            var text = log.Message.ToString();
            Write(_logger, level, log.Cause, log.LogSource, text);
        }
    }

    private static ILogger? LoggerOf(ActorSystem system)
    {
        var setup = system.Settings.Setup.Get<LoggerFactorySetup>();
        return setup.HasValue ? setup.Value.Factory.CreateLogger("Akka") : null;
    }

    private static LogLevel LevelOf(LogEvent log) => log switch
    {
        Error => LogLevel.Error,
        Warning => LogLevel.Warning,
        Info => LogLevel.Information,
        _ => LogLevel.Debug,
    };

    [LoggerMessage(EventId = 1, Message = "{Source}: {Text}", SkipEnabledCheck = true)]
    private static partial void Write(ILogger logger, LogLevel level, Exception? exception, string source, string? text);
}
