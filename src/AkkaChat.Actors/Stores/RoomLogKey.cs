namespace AkkaChat.Stores;

/// <summary>Names a log.</summary>
/// <param name="Namespace">The namespace, with its slash.</param>
/// <param name="Room">The room; valid Unicode without U+0000, compared ordinally.</param>
public readonly record struct RoomLogKey(string Namespace, string Room);
