using System.Text.Json.Serialization;

namespace AkkaChat;

/// <summary>
/// A part of a room's log, without a gap in it. As a handler's result it is JSON: <c>{"top", "entries", "isContinuous"}</c>.
/// </summary>
/// <param name="Top">The newest message of the log, and the epoch of all entries here; offset 0 if there was none yet.</param>
/// <param name="Entries">The messages, in the order that was asked for.</param>
/// <param name="IsContinuous">
/// Whether nothing is missing between the position that was asked for and these entries. False if the log's epoch is another
/// one, or what lay between has been trimmed.
/// </param>
public sealed record LogPage(
    [property: JsonPropertyName("top")] LogPosition Top,
    [property: JsonPropertyName("entries")] IReadOnlyList<LogEntry> Entries,
    [property: JsonPropertyName("isContinuous")] bool IsContinuous);
