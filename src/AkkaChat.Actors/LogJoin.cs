using System.Text.Json.Serialization;

namespace AkkaChat;

/// <summary>
/// How a socket has come into a durable room. As a handler's result it is JSON: <c>{"position", "replayed", "isContinuous"}</c>.
/// </summary>
/// <param name="Position">Where the live events begin: the client has got, or skipped, all up to here.</param>
/// <param name="Replayed">How many messages were sent to it first.</param>
/// <param name="IsContinuous">
/// Whether these were all it had missed: with what it had before, and what comes now, it has everything. False if the log's
/// epoch is another one, what it missed has been trimmed, or it was more than the limit.
/// </param>
public sealed record LogJoin(
    [property: JsonPropertyName("position")] LogPosition Position,
    [property: JsonPropertyName("replayed")] int Replayed,
    [property: JsonPropertyName("isContinuous")] bool IsContinuous);
