namespace AkkaChat.Handlers;

/// <summary>What a client sent does not fit the handler's parameters.</summary>
internal sealed class ArgumentBindingException(string message, Exception? innerException = null)
    : Exception(message, innerException);
