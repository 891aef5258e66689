namespace AkkaChat.Host.Storage;

/// <summary>The chat's data cannot be used; the message says why and what to do.</summary>
internal sealed class ChatDataException(string message) : Exception(message);
