using System.Text.Json;

namespace QueueBridge;

/// <summary>
/// What Flask-SocketIO and python-socketio publish (from 5.14 on, in JSON). Before that they published pickled objects,
/// which can run any code in whoever unpickles them (CVE-2025-61765); those are refused unread.
/// </summary>
internal static class FlaskSocketIO
{
    private const byte Pickle = 0x80;

    /// <summary>What a message asks for; null if it is for other servers of that kind only.</summary>
    /// <exception cref="InvalidDataException">It is not of this format.</exception>
    public static Command? Decode(byte[] payload)
    {
        if (payload is [Pickle, ..])
        {
            throw new InvalidDataException("It is pickled. Update python-socketio to 5.14 or later, which publishes JSON.");
        }

        try
        {
            return Decode(JsonDocument.Parse(payload).RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("It is no message of python-socketio.", exception);
        }
    }

    private static Command? Decode(JsonElement message)
    {
        var name = message.TryGetProperty("namespace", out var text) ? text.GetString() ?? "/" : "/";
        return message.GetProperty("method").GetString() switch
        {
            "emit" => new Command.Emit(name, new Targets(Names(message, "room"), Names(message, "skip_sid")), Text(message, "event"), Arguments(message)),
            "disconnect" => new Command.Disconnect(name, Sid(message), Close: false),
            "enter_room" => new Command.Join(name, Sid(message), [Text(message, "room")]),
            "leave_room" => new Command.Leave(name, Sid(message), [Text(message, "room")]),
            "close_room" => new Command.CloseRoom(name, Text(message, "room")),
            _ => null,
        };
    }

    /// <summary>The arguments. With binary, they are the first of a list, and behind them is what their placeholders stand for.</summary>
    private static object?[] Arguments(JsonElement message)
    {
        var data = message.GetProperty("data");
        var isBinary = message.TryGetProperty("binary", out var flag) && flag.GetBoolean();
        var values = isBinary ? data[0] : data;
        byte[][] attachments = isBinary ? [.. data.EnumerateArray().Skip(1).Select(part => part.GetBytesFromBase64())] : [];

        // Python's None as the only argument is no argument.
        return values is { ValueKind: JsonValueKind.Array } && values.GetArrayLength() == 1 && values[0].ValueKind == JsonValueKind.Null
            ? []
            : [.. values.EnumerateArray().Select(value => isBinary ? Restore(value, attachments) : value)];
    }

    private static object? Restore(JsonElement value, byte[][] attachments) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(item => Restore(item, attachments)).ToList(),
        JsonValueKind.Object when IsPlaceholder(value, out var number) =>
            number >= 0 && number < attachments.Length ? attachments[number] : throw new InvalidDataException("An attachment is missing."),
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(member => member.Name, member => Restore(member.Value, attachments)),
        _ => value,
    };

    private static bool IsPlaceholder(JsonElement value, out int number)
    {
        number = -1;
        return value.TryGetProperty("_placeholder", out var mark)
            && mark.ValueKind == JsonValueKind.True
            && value.TryGetProperty("num", out var text)
            && text.TryGetInt32(out number);
    }

    private static Targets Sid(JsonElement message) => new([Text(message, "sid")], []);

    private static string Text(JsonElement message, string name) =>
        message.GetProperty(name).GetString() ?? throw new InvalidDataException($"It has no {name}.");

    /// <summary>One name, a list of names, or null.</summary>
    private static string[] Names(JsonElement message, string name) =>
        !message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
        : [value.GetString()!];
}
