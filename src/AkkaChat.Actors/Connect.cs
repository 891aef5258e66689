namespace AkkaChat;

/// <summary>The answer of a connect handler.</summary>
public sealed class Connect
{
    private Connect(string? message, object? data, bool hasData) => (Message, Data, HasData) = (message, data, hasData);

    /// <summary>Lets the client in.</summary>
    public static Connect Accept { get; } = new(null, null, false);

    /// <summary>Whether the client is let in.</summary>
    public bool IsAccepted => Message is null;

    /// <summary>Why not, in words for the client; null if accepted.</summary>
    public string? Message { get; }

    /// <summary>More about it for the client's program, as JSON.</summary>
    public object? Data { get; }

    internal bool HasData { get; }

    /// <summary>Keeps the client out: its <c>connect_error</c> handler gets this message.</summary>
    /// <param name="message">The error's message.</param>
    public static Connect Refuse(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new Connect(message, null, false);
    }

    /// <summary>Keeps the client out: its <c>connect_error</c> handler gets this message and data.</summary>
    /// <param name="message">The error's message.</param>
    /// <param name="data">The error's <c>data</c>, as JSON.</param>
    public static Connect Refuse(string message, object? data)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new Connect(message, data, true);
    }
}
