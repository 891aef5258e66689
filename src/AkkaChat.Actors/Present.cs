using System.Text.Json.Serialization;

namespace AkkaChat;

/// <summary>Somebody who is present in a room. As a handler's result it is JSON: <c>{"key", "metas": [{"ref", ...}]}</c>.</summary>
/// <param name="Key">Who it is: as a rule the user's id.</param>
/// <param name="Metas">
/// What the application says, for each socket: the object it gave, with <c>ref</c>, a text that no other entry has. To be
/// read by <see cref="EventArgument.As{T}"/>.
/// </param>
public sealed record Present(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("metas")] IReadOnlyList<EventArgument> Metas);
