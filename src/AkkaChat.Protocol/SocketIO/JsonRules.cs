namespace AkkaChat.Protocol.SocketIO;

/// <summary>What <see cref="JsonScanner"/> checks in one payload.</summary>
/// <param name="MaxDepth">Arrays and objects inside each other.</param>
/// <param name="MaxNameLength">UTF-8 bytes of an event name.</param>
/// <param name="AttachmentCount">Null if placeholders mean nothing: the packet isn't binary.</param>
/// <param name="IsEvent">The first element of the array is an event name.</param>
internal readonly record struct JsonRules(int MaxDepth, int MaxNameLength, int? AttachmentCount, bool IsEvent);
