using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaChat.Serialization;

/// <summary>Writes a raw argument as it came; its attachments join those of the packet, under new numbers.</summary>
internal sealed class EventArgumentConverter : JsonConverter<EventArgument>
{
    /// <inheritdoc/>
    public override EventArgument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var json = System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetRawText());
        return new EventArgument(json, AttachmentContext.Reading ?? [], ArgumentSerializer.For(options));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EventArgument value, JsonSerializerOptions options)
    {
        if (value.Json.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else if (value.Attachments.Count == 0)
        {
            // It was checked when it was decoded; checking again would refuse nothing and cost a pass.
            writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
        }
        else
        {
            var reader = new Utf8JsonReader(value.Json.Span);
            reader.Read();
            Renumber(ref reader, writer, value.Attachments);
        }
    }

    private static void Renumber(
        ref Utf8JsonReader reader, Utf8JsonWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        if (BinaryPlaceholder.TryRead(ref reader, out var number) && number < attachments.Count)
        {
            AttachmentContext.Write(writer, attachments[number]);
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                RenumberObject(ref reader, writer, attachments);
                break;
            case JsonTokenType.StartArray:
                RenumberArray(ref reader, writer, attachments);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.GetString());
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    private static void RenumberObject(
        ref Utf8JsonReader reader, Utf8JsonWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            writer.WritePropertyName(reader.GetString() ?? "");
            reader.Read();
            Renumber(ref reader, writer, attachments);
        }

        writer.WriteEndObject();
    }

    private static void RenumberArray(
        ref Utf8JsonReader reader, Utf8JsonWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        writer.WriteStartArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Renumber(ref reader, writer, attachments);
        }

        writer.WriteEndArray();
    }
}
