namespace AkkaChat.Testing;

/// <summary>Something that a test expected did not happen, or something else did. The message says what came instead.</summary>
public sealed class ExpectationException : Exception
{
    /// <summary>A failure with a general message.</summary>
    public ExpectationException()
        : base("An expectation was not met.")
    {
    }

    /// <summary>A failure with this message.</summary>
    /// <param name="message">What was expected, and what happened.</param>
    public ExpectationException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with this message and cause.</summary>
    /// <param name="message">What was expected, and what happened.</param>
    /// <param name="innerException">Why.</param>
    public ExpectationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
