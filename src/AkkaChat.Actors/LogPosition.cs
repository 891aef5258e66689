using System.Text.Json.Serialization;

namespace AkkaChat;

/// <summary>
/// A place in a room's log: JSON <c>{"epoch": text, "offset": number}</c>. It is the last argument of each event that a log
/// emits, and what a client comes back with.
/// </summary>
/// <param name="Epoch">
/// Which life of the log the offset belongs to; compared ordinally. A log that was lost or cleared goes on under another
/// epoch, so that a gap is never mistaken for continuity.
/// </param>
/// <param name="Offset">Counts the log's messages, from 1, without a gap; 0 is before the first.</param>
public readonly record struct LogPosition(
    [property: JsonPropertyName("epoch")] string Epoch,
    [property: JsonPropertyName("offset")] long Offset);
