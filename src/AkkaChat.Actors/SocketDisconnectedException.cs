namespace AkkaChat;

/// <summary>The socket has disconnected, so the answer that was waited for will never come.</summary>
public sealed class SocketDisconnectedException : InvalidOperationException
{
    /// <summary>An exception with a general message.</summary>
    public SocketDisconnectedException()
        : base("The socket has disconnected.")
    {
    }

    /// <summary>An exception with this message.</summary>
    /// <param name="message">What happened.</param>
    public SocketDisconnectedException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with this message and cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public SocketDisconnectedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
