namespace QueueBridge;

/// <summary>A message of a queue.</summary>
/// <param name="Channel">Where it was published.</param>
/// <param name="Payload">What it says.</param>
internal sealed record QueueMessage(string Channel, byte[] Payload);

/// <summary>A message queue: here Redis; RabbitMQ, Kafka and others are another class.</summary>
internal interface IMessageSource
{
    /// <summary>The messages as they come, until the token is cancelled.</summary>
    IAsyncEnumerable<QueueMessage> ReadAsync(CancellationToken cancellationToken);
}
