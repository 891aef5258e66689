using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaChat.Handlers;

namespace AkkaChat.Serialization;

/// <summary>
/// How to write and read the types that the server itself sends and the plainest arguments, for applications whose own
/// source-generated context knows only their types.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ErrorAck))]
[JsonSerializable(typeof(EventArgument))]
[JsonSerializable(typeof(LogPosition))]
[JsonSerializable(typeof(LogPage))]
[JsonSerializable(typeof(LogJoin))]
[JsonSerializable(typeof(Gathered<Present>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(ReadOnlyMemory<byte>))]
[JsonSerializable(typeof(Memory<byte>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(decimal))]
internal sealed partial class OwnJsonContext : JsonSerializerContext;
