using Akka.Actor.Setup;
using Microsoft.Extensions.Logging;

namespace AkkaChat;

/// <summary>Hands the application's loggers to an actor system that starts.</summary>
internal sealed class LoggerFactorySetup(ILoggerFactory factory) : Setup
{
    public ILoggerFactory Factory { get; } = factory;
}
