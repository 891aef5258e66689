namespace AkkaChat;

/// <summary>A setting is unknown or out of range. The message names key, value and what is accepted.</summary>
public sealed class AkkaChatConfigurationException : Exception
{
    /// <summary>An exception with a general message.</summary>
    public AkkaChatConfigurationException()
        : base("AkkaChat's configuration is not valid.")
    {
    }

    /// <summary>An exception with this message.</summary>
    /// <param name="message">What is wrong, and what is accepted.</param>
    public AkkaChatConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with this message and cause.</summary>
    /// <param name="message">What is wrong, and what is accepted.</param>
    /// <param name="innerException">Why.</param>
    public AkkaChatConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
