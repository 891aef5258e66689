using System.Text.Json;

namespace QueueBridge;

/// <summary>What Node's @socket.io/redis-emitter publishes: events in MessagePack, all else in JSON.</summary>
internal static class NodeEmitter
{
    private const int Event = 2;

    /// <summary>The channels of events: one for each room, and one for all others.</summary>
    public static string Channels(string name) => $"socket.io#{name}#*";

    /// <summary>The channel of what is no event.</summary>
    public static string RequestChannel(string name) => $"socket.io-request#{name}#";

    /// <summary>What a message asks for; null if it is for servers of that kind only.</summary>
    /// <exception cref="InvalidDataException">It is not of this format.</exception>
    public static Command? Decode(QueueMessage message)
    {
        try
        {
            return message.Channel.StartsWith("socket.io-request#", StringComparison.Ordinal)
                ? DecodeRequest(message.Channel.Split('#')[1], JsonDocument.Parse(message.Payload).RootElement)
                : DecodeEvent(MessagePackReader.Read(message.Payload));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or InvalidCastException)
        {
            throw new InvalidDataException("It is no message of @socket.io/redis-emitter.", exception);
        }
    }

    /// <summary><c>[uid, {type, data: [event, ...], nsp}, {rooms, flags, except}]</c></summary>
    private static Command.Emit DecodeEvent(object? message)
    {
        if (message is not List<object?> { Count: 3 } parts
            || parts[1] is not Dictionary<string, object?> packet
            || parts[2] is not Dictionary<string, object?> options
            || packet["type"] is not Event
            || packet["data"] is not List<object?> { Count: > 0 } data)
        {
            throw new InvalidDataException("It is no event.");
        }

        var isVolatile = options["flags"] is Dictionary<string, object?> flags && flags.GetValueOrDefault("volatile") is true;
        var targets = new Targets(Names(options["rooms"]), Names(options["except"]));
        return new Command.Emit((string?)packet.GetValueOrDefault("nsp") ?? "/", targets, (string)data[0]!, [.. data.Skip(1)], isVolatile);
    }

    /// <summary><c>{type, opts: {rooms, except}, rooms | close}</c></summary>
    private static Command? DecodeRequest(string name, JsonElement request) => request.GetProperty("type").GetInt32() switch
    {
        2 => new Command.Join(name, TargetsOf(request), Names(request.GetProperty("rooms"))),
        3 => new Command.Leave(name, TargetsOf(request), Names(request.GetProperty("rooms"))),
        4 => new Command.Disconnect(name, TargetsOf(request), request.GetProperty("close").GetBoolean()),
        _ => null,
    };

    private static Targets TargetsOf(JsonElement request)
    {
        var options = request.GetProperty("opts");
        return new Targets(Names(options.GetProperty("rooms")), Names(options.GetProperty("except")));
    }

    private static string[] Names(JsonElement names) => [.. names.EnumerateArray().Select(name => name.GetString()!)];

    private static string[] Names(object? names) => [.. ((List<object?>)names!).Cast<string>()];
}
