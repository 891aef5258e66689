namespace AkkaChat;

/// <summary>How a call to one of several clients ended.</summary>
public enum CallResult
{
    /// <summary>The client acknowledged the event.</summary>
    Acknowledged,

    /// <summary>No ack came in time. A later one is ignored.</summary>
    TimedOut,

    /// <summary>The client disconnected before it acknowledged.</summary>
    Disconnected,

    /// <summary>The client acknowledged with a value that does not fit the type.</summary>
    Invalid,
}

/// <summary>The outcome of a call for one recipient.</summary>
/// <typeparam name="T">The type of the ack.</typeparam>
/// <param name="SocketId">Which socket.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Value">The ack's value; the default unless acknowledged.</param>
public sealed record CallOutcome<T>(string SocketId, CallResult Result, T? Value);
