namespace AkkaChat;

/// <summary>
/// Thrown by a handler or middleware to tell the client, by its ack, that the event was refused. The ack is
/// <c>{"error": message}</c>, with <c>code</c> and <c>data</c> where they are set. Without an ack wanted nothing is
/// sent. It is no fault of the server and is not logged as one.
/// </summary>
public sealed class EventException : Exception
{
    /// <summary>A refusal with a general message.</summary>
    public EventException()
        : base("The event was refused.")
    {
    }

    /// <summary>A refusal with this message.</summary>
    /// <param name="message">What the client is told.</param>
    public EventException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with this message and cause; the cause stays on the server.</summary>
    /// <param name="message">What the client is told.</param>
    /// <param name="innerException">Why.</param>
    public EventException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A word for the client's program, such as <c>not_found</c>; null for none.</summary>
    public string? Code { get; init; }

    /// <summary>More for the client's program, as JSON; null for none.</summary>
    public object? Payload { get; init; }
}
