using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AkkaChat.Nodes;

namespace AkkaChat.Logs;

/// <summary>
/// An event as it is stored: <c>{"event": name, "args": [...], "attachments": [base64, ...]}</c>, the last only where the
/// arguments have binary, which stands there as placeholders.
/// </summary>
internal static class LogEventCodec
{
    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 256 };

    public static ReadOnlyMemory<byte> Encode(string eventName, ArgumentData arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(arguments.Size + eventName.Length + 64);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("event"u8, eventName);
        writer.WriteStartArray("args"u8);
        foreach (var json in arguments.Json)
        {
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
        if (arguments.Attachments.Count > 0)
        {
            WriteAttachments(writer, arguments.Attachments);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <exception cref="JsonException">These are no such bytes.</exception>
    public static (string EventName, ArgumentData Arguments) Decode(ReadOnlyMemory<byte> content)
    {
        var reader = new Utf8JsonReader(content.Span, ReaderOptions);
        string? name = null;
        List<ReadOnlyMemory<byte>> json = [], attachments = [];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "event":
                    name = reader.GetString();
                    break;
                case "args":
                    ReadValues(ref reader, content, json);
                    break;
                case "attachments":
                    ReadAttachments(ref reader, attachments);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (name ?? throw new JsonException("A stored message has no event."), new ArgumentData(json, attachments));
    }

    private static void WriteAttachments(Utf8JsonWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        writer.WriteStartArray("attachments"u8);
        foreach (var attachment in attachments)
        {
            writer.WriteBase64StringValue(attachment.Span);
        }

        writer.WriteEndArray();
    }

    /// <summary>Takes the values as they stand, without reading what is in them.</summary>
    private static void ReadValues(ref Utf8JsonReader reader, ReadOnlyMemory<byte> content, List<ReadOnlyMemory<byte>> values)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            values.Add(content[start..(int)reader.BytesConsumed]);
        }
    }

    private static void ReadAttachments(ref Utf8JsonReader reader, List<ReadOnlyMemory<byte>> attachments)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            attachments.Add(reader.GetBytesFromBase64());
        }
    }
}
