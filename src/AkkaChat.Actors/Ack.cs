namespace AkkaChat;

/// <summary>Special results of handlers.</summary>
public sealed class Ack
{
    private Ack()
    {
    }

    /// <summary>
    /// Returned by a handler, or by event middleware: the event gets no ack, though its client may have asked for one.
    /// </summary>
    public static Ack None { get; } = new();
}
