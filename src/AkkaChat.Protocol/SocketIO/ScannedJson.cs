using System.Text.Json;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>A payload that has been found valid.</summary>
/// <param name="Kind">The token that the value starts with: tells array, object, string and so on apart.</param>
/// <param name="EventName">Null if the array doesn't start with a string or number, or no name was asked for.</param>
/// <param name="Elements">Of an array its elements, without the event name.</param>
internal readonly record struct ScannedJson(JsonTokenType Kind, string? EventName, ReadOnlyMemory<byte>[] Elements);
