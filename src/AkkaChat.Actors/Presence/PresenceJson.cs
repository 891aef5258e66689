using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AkkaChat.Protocol;
using AkkaChat.Serialization;
using AkkaChat.Sockets;

namespace AkkaChat.Presence;

/// <summary>Presence as clients read it.</summary>
internal static class PresenceJson
{
    public const string StateEvent = "presence_state";

    public const string DiffEvent = "presence_diff";

    /// <summary>The most bytes of an application's fields.</summary>
    public const int MostMetaBytes = 1024;

    private const string RefField = "ref";

    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = 1_000 };

    /// <summary>The application's fields as JSON.</summary>
    /// <exception cref="ArgumentException">They are not as they must be.</exception>
    public static ReadOnlyMemory<byte> Fields(object? meta, ArgumentSerializer serializer)
    {
        if (meta is null)
        {
            return "{}"u8.ToArray();
        }

        var data = serializer.Arguments([meta]);
        var isObject = data is { Json.Count: 1, Attachments.Count: 0 } && JsonKind.Of(data.Json[0].Span) == JsonValueKind.Object;
        return !isObject ? throw new ArgumentException("What is known of a socket must be an object in JSON, without binary.", nameof(meta))
            : data.Json[0].Length > MostMetaBytes ? throw new ArgumentException(
                $"What is known of a socket has {data.Json[0].Length} bytes as JSON; {MostMetaBytes} are the most allowed.", nameof(meta))
            : HasRef(data.Json[0].Span) ? throw new ArgumentException($"The field '{RefField}' is the server's.", nameof(meta))
            : data.Json[0];
    }

    /// <summary>An entry with these fields.</summary>
    public static PresenceEntry Entry(string newRef, string key, ReadOnlyMemory<byte> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(fields.Length + newRef.Length + 16);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString(RefField, newRef);
        using var document = JsonDocument.Parse(fields, new JsonDocumentOptions { MaxDepth = AnyDepth.MaxDepth });
        foreach (var field in document.RootElement.EnumerateObject())
        {
            field.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return new PresenceEntry(newRef, key, buffer.WrittenSpan.ToArray());
    }

    /// <summary>All that are there: <c>{key: [meta, ...]}</c>.</summary>
    public static WirePacket State(Namespace owner, string room, IEnumerable<PresenceEntry> entries, long version) =>
        Event(owner, StateEvent, room, entries, version, static (writer, all) => WriteKeys(writer, all));

    /// <summary>What has changed: <c>{"joins": {key: [meta, ...]}, "leaves": {key: [meta, ...]}}</c>.</summary>
    public static WirePacket Diff(Namespace owner, string room, PresenceDiff diff, long version) =>
        Event(owner, DiffEvent, room, diff, version, static (writer, diff) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("joins"u8);
            WriteKeys(writer, diff.Joins);
            writer.WritePropertyName("leaves"u8);
            WriteKeys(writer, diff.Leaves);
            writer.WriteEndObject();
        });

    /// <summary>The people that entries are of, in the order of their keys.</summary>
    public static IReadOnlyList<Present> People(IEnumerable<PresenceEntry> entries, ArgumentSerializer serializer) =>
    [
        .. entries
            .GroupBy(entry => entry.Key, entry => new EventArgument(entry.Meta, [], serializer), StringComparer.Ordinal)
            .OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => new Present(person.Key, [.. person])),
    ];

    private static WirePacket Event<T>(
        Namespace owner, string name, string room, T content, long version, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        write(writer, content);
        writer.Flush();
        return owner.Serializer.Event(owner.Name, null, name, [room, new EventArgument(buffer.WrittenMemory, [], null), version]);
    }

    private static void WriteKeys(Utf8JsonWriter writer, IEnumerable<PresenceEntry> entries)
    {
        writer.WriteStartObject();
        foreach (var person in entries.GroupBy(entry => entry.Key, StringComparer.Ordinal))
        {
            writer.WriteStartArray(person.Key);
            foreach (var entry in person)
            {
                writer.WriteRawValue(entry.Meta.Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static bool HasRef(ReadOnlySpan<byte> fields)
    {
        var reader = new Utf8JsonReader(fields, AnyDepth);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(RefField))
            {
                return true;
            }
        }

        return false;
    }
}
