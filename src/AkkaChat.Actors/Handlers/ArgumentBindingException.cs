namespace AkkaChat.Handlers;

/// <summary>What a client sent does not fit the handler's parameters.</summary>
/// <param name="message">What is wrong, for the server's log.</param>
/// <param name="clientMessage">The same for the client: nothing of the application's own types in it.</param>
/// <param name="innerException">Why.</param>
internal sealed class ArgumentBindingException(string message, string clientMessage, Exception? innerException = null)
    : Exception(message, innerException)
{
    public string ClientMessage { get; } = clientMessage;
}
