using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using AkkaChat.Serialization;

namespace AkkaChat.Web.Api;

/// <summary>
/// Arguments of events in requests and answers. Binary, at any depth, is an object with the one member <c>$base64</c>;
/// clients get it as an attachment, and what they send as one comes out so.
/// </summary>
internal static class ApiArguments
{
    private const string Mark = "$base64";
    private const string Placeholder = "_placeholder";

    /// <summary>For an event.</summary>
    /// <param name="args">The values; null: there are none.</param>
    /// <param name="serializer">The server's.</param>
    /// <exception cref="ApiException">A value cannot be sent.</exception>
    public static object?[] Read(IReadOnlyList<JsonElement>? args, ArgumentSerializer serializer)
    {
        var hasBinary = args?.Any(argument => Has(argument, IsBinary)) == true;
        return [.. (args ?? []).Select((argument, index) => (object?)Read(argument, hasBinary, $"args[{index}]", serializer))];
    }

    /// <summary>For an answer.</summary>
    public static JsonElement Write(EventArgument argument) => argument.Attachments.Count == 0
        ? JsonElement.Parse(argument.Json.Span)
        : JsonElement.Parse(Copied(JsonElement.Parse(argument.Json.Span), (value, writer) => TryWriteBase64(value, argument, writer)));

    private static EventArgument Read(JsonElement argument, bool hasBinary, string place, ArgumentSerializer serializer)
    {
        if (!hasBinary)
        {
            return new EventArgument(JsonMarshal.GetRawUtf8Value(argument).ToArray(), [], serializer);
        }

        if (Has(argument, value => value.TryGetProperty(Placeholder, out _)))
        {
            throw ApiException.Invalid(
                place, $"'{place}' has a member '{Placeholder}', which clients take for binary if other values of the event are.");
        }

        List<ReadOnlyMemory<byte>> attachments = [];
        var json = Copied(argument, (value, writer) => TryReadBase64(value, attachments, writer, place));
        return new EventArgument(json, attachments, serializer);
    }

    private static bool IsBinary(JsonElement value) =>
        value.TryGetProperty(Mark, out var text) && text.ValueKind == JsonValueKind.String && value.GetPropertyCount() == 1;

    /// <summary>Whether an object at any depth is such a one.</summary>
    private static bool Has(JsonElement value, Func<JsonElement, bool> isSuch) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Any(item => Has(item, isSuch)),
        JsonValueKind.Object => isSuch(value) || value.EnumerateObject().Any(member => Has(member.Value, isSuch)),
        _ => false,
    };

    private static bool TryReadBase64(
        JsonElement value, List<ReadOnlyMemory<byte>> attachments, Utf8JsonWriter writer, string place)
    {
        if (!IsBinary(value))
        {
            return false;
        }

        if (!value.GetProperty(Mark).TryGetBytesFromBase64(out var bytes))
        {
            throw ApiException.Invalid(place, $"'{place}' has a '{Mark}' that is not base64.");
        }

        BinaryPlaceholder.Write(writer, attachments.Count);
        attachments.Add(bytes);
        return true;
    }

    private static bool TryWriteBase64(JsonElement value, EventArgument argument, Utf8JsonWriter writer)
    {
        var isBinary = BinaryPlaceholder.TryRead(JsonMarshal.GetRawUtf8Value(value), out var number) && number < argument.Attachments.Count;
        if (isBinary)
        {
            writer.WriteStartObject();
            writer.WriteBase64String(Mark, argument.Attachments[number].Span);
            writer.WriteEndObject();
        }

        return isBinary;
    }

    /// <summary>The same JSON, but for objects that are written in another way.</summary>
    private static byte[] Copied(JsonElement value, Func<JsonElement, Utf8JsonWriter, bool> tryWrite)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Copy(value, writer, tryWrite);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Copy(JsonElement value, Utf8JsonWriter writer, Func<JsonElement, Utf8JsonWriter, bool> tryWrite)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when tryWrite(value, writer):
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Copy(member.Value, writer, tryWrite);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Copy(item, writer, tryWrite);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }
}
