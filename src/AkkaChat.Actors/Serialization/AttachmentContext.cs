using System.Text.Json;

namespace AkkaChat.Serialization;

/// <summary>
/// The attachments of the packet that the current thread reads or writes. System.Text.Json hands no state to
/// converters, and it runs one call in one thread, so a thread-static field carries it.
/// </summary>
internal static class AttachmentContext
{
    [ThreadStatic]
    private static IReadOnlyList<ReadOnlyMemory<byte>>? _reading;

    [ThreadStatic]
    private static List<ReadOnlyMemory<byte>>? _writing;

    /// <summary>The attachments being read; null outside of a packet.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Reading
    {
        get => _reading;
        set => _reading = value;
    }

    /// <summary>The attachments being written; null outside of a packet.</summary>
    public static List<ReadOnlyMemory<byte>>? Writing
    {
        get => _writing;
        set => _writing = value;
    }

    public static ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader)
    {
        if (BinaryPlaceholder.TryRead(ref reader, out var number) && _reading is { } all && number < all.Count)
        {
            return all[number];
        }

        return reader.TokenType == JsonTokenType.String
            ? reader.GetBytesFromBase64()
            : throw new JsonException("Binary was expected: an attachment, or a base64 string.");
    }

    public static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value)
    {
        if (_writing is null)
        {
            writer.WriteBase64StringValue(value.Span);
            return;
        }

        BinaryPlaceholder.Write(writer, _writing.Count);
        _writing.Add(value);
    }
}
