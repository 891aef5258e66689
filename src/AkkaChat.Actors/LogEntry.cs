using System.Text.Json.Serialization;

namespace AkkaChat;

/// <summary>
/// A message of a room's log. As a handler's result it is JSON:
/// <c>{"offset", "at", "event", "args": [...], "id"}</c>, binary as attachments.
/// </summary>
/// <param name="Offset">Its place; with the page's epoch a <see cref="LogPosition"/>.</param>
/// <param name="At">When it was taken, by the server's clock.</param>
/// <param name="EventName">The event's name.</param>
/// <param name="Arguments">What was published, without the position that the live event carries.</param>
/// <param name="MessageId">The id it was published with; null for none.</param>
public sealed record LogEntry(
    [property: JsonPropertyName("offset")] long Offset,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("event")] string EventName,
    [property: JsonPropertyName("args")] EventArguments Arguments,
    [property: JsonPropertyName("id")] string? MessageId);
