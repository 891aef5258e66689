using AkkaChat;

namespace QueueBridge;

/// <summary>Carries out what other programs have put into a message queue, with nothing but the public API.</summary>
internal sealed partial class Bridge(IAkkaChat io, IMessageSource source, ILogger<Bridge> logger) : BackgroundService
{
    /// <summary>Only these: naming a namespace makes it exist, which is not for a message to decide.</summary>
    public static IReadOnlyList<string> Namespaces { get; } = ["/", "/admin"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in source.ReadAsync(stoppingToken))
        {
            try
            {
                // One after the other, so that the order of the queue is the order of the rooms.
                await RunAsync(message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The queue belongs to others too: a message that is no good costs nothing but itself.
                Refused(message.Channel, exception.Message);
            }
        }
    }

    private Task RunAsync(QueueMessage message)
    {
        var command = message.Channel.StartsWith("socket.io", StringComparison.Ordinal)
            ? NodeEmitter.Decode(message)
            : FlaskSocketIO.Decode(message.Payload);
        return command is not null && Namespaces.Contains(command.Namespace)
            ? command.RunAsync(io.Of(command.Namespace))
            : Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Warning, "A message of {Channel} was refused: {Why}")]
    private partial void Refused(string channel, string why);
}
