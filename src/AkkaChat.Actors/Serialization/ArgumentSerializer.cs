using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaChat.Nodes;
using AkkaChat.Protocol;
using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Serialization;

/// <summary>
/// Between .NET values and the JSON and attachments of packets, by System.Text.Json with the application's options.
/// Thread-safe.
/// </summary>
internal sealed class ArgumentSerializer
{
    private const int KeptBufferSize = 64 * 1024;

    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 128 };

    private static readonly ConditionalWeakTable<JsonSerializerOptions, ArgumentSerializer> ByOptions = [];

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    private readonly JsonSerializerOptions _options;
    private readonly int _maxAttachments;

    /// <param name="basis">The application's options; null for the default ones.</param>
    /// <param name="format">How packets are written; null for the default one.</param>
    /// <param name="maxAttachments">The most that clients take of separate attachments in one packet.</param>
    public ArgumentSerializer(
        JsonSerializerOptions? basis, PacketFormat? format = null, int maxAttachments = int.MaxValue)
    {
        _maxAttachments = maxAttachments;
        Format = format ?? PacketFormat.Json;
        _options = basis is null
            ? new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = WriterOptions.Encoder }
            : new JsonSerializerOptions(basis);
        _options.Converters.Add(new ByteArrayConverter());
        _options.Converters.Add(new ReadOnlyMemoryConverter());
        _options.Converters.Add(new MemoryConverter());
        if (_options.TypeInfoResolver is { } own)
        {
            _options.TypeInfoResolver = JsonTypeInfoResolver.Combine(own, OwnJsonContext.Default);
        }

        _options.MakeReadOnly(populateMissingResolver: true);
        ByOptions.Add(_options, this);
    }

    /// <summary>How packets are written and read, whatever their arguments.</summary>
    public PacketFormat Format { get; }

    /// <summary>The serializer with default options.</summary>
    public static ArgumentSerializer Default { get; } = new(null);

    /// <summary>The serializer that uses these options.</summary>
    public static ArgumentSerializer For(JsonSerializerOptions options) =>
        ByOptions.TryGetValue(options, out var serializer) ? serializer : Default;

    public T? Deserialize<T>(ReadOnlySpan<byte> json, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        var outer = AttachmentContext.Reading;
        AttachmentContext.Reading = attachments;
        try
        {
            return JsonSerializer.Deserialize<T>(json, _options);
        }
        finally
        {
            AttachmentContext.Reading = outer;
        }
    }

    /// <summary>Encodes an event of the server; the ack id asks for an answer.</summary>
    public WirePacket Event(string nsp, long? ackId, string eventName, object?[] arguments) =>
        Encode(
            eventName,
            arguments,
            (Format, nsp, ackId),
            static (state, json, attachments) => state.Format.Event(state.nsp, state.ackId, json, attachments));

    /// <summary>Encodes the answer to an event of the client.</summary>
    public WirePacket Ack(string nsp, long ackId, object?[] arguments) =>
        Encode(
            null,
            arguments,
            (Format, nsp, ackId),
            static (state, json, attachments) => state.Format.Ack(state.nsp, state.ackId, json, attachments));

    /// <summary>Encodes arguments for another node, which has another way of putting them into packets.</summary>
    public ArgumentData Arguments(object?[] arguments)
    {
        var outer = AttachmentContext.Writing;
        List<ReadOnlyMemory<byte>> attachments = [];
        AttachmentContext.Writing = attachments;
        try
        {
            ReadOnlyMemory<byte>[] json = [.. Spread(arguments).Select(WriteJson)];
            return new ArgumentData(json, attachments);
        }
        finally
        {
            AttachmentContext.Writing = outer;
        }
    }

    /// <summary>A value as JSON by itself, binary as base64; false if it has no such form.</summary>
    public bool TryWriteJson(object? value, out ReadOnlyMemory<byte> json)
    {
        var outer = AttachmentContext.Writing;
        AttachmentContext.Writing = null;
        try
        {
            json = WriteJson(value);
            return true;
        }
        catch (Exception)
        {
            // Whatever the application keeps may have converters that throw anything.
            json = default;
            return false;
        }
        finally
        {
            AttachmentContext.Writing = outer;
        }
    }

    /// <summary>
    /// Encodes a refusal: <c>{"message":...}</c>, with <c>data</c> if there is any. A legacy client gets one of the two.
    /// </summary>
    public WirePacket ConnectError(string nsp, Connect refusal, bool isLegacy)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        if (isLegacy)
        {
            WriteValue(writer, refusal.Data ?? refusal.Message);
        }
        else
        {
            WriteRefusal(writer, refusal);
        }

        writer.Flush();
        return Format.ConnectError(nsp, buffer.WrittenSpan);
    }

    private void WriteRefusal(Utf8JsonWriter writer, Connect refusal)
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, refusal.Message);
        if (refusal.HasData)
        {
            writer.WritePropertyName("data"u8);
            WriteValue(writer, refusal.Data);
        }

        writer.WriteEndObject();
    }

    private WirePacket Encode<TState>(
        string? eventName,
        object?[] arguments,
        TState state,
        Func<TState, ReadOnlySpan<byte>, IReadOnlyList<ReadOnlyMemory<byte>>, WirePacket> encode)
    {
        var buffer = RentBuffer();
        var outer = AttachmentContext.Writing;
        List<ReadOnlyMemory<byte>> attachments = [];
        AttachmentContext.Writing = attachments;
        try
        {
            WriteArray(buffer, eventName, arguments);
            CheckAttachments(attachments.Count, eventName);
            return encode(state, buffer.WrittenSpan, attachments);
        }
        finally
        {
            AttachmentContext.Writing = outer;
            ReturnBuffer(buffer);
        }
    }

    /// <summary>A client would take a packet of more for a violation, and disconnect.</summary>
    public void CheckAttachments(int count, string? eventName)
    {
        if (count > _maxAttachments)
        {
            var what = eventName is null ? "The ack" : $"The event '{eventName}'";
            throw new ArgumentException(
                $"{what} has {count} binary values, and clients take {_maxAttachments} in one packet. Send fewer, or put "
                + "them together; raise akkachat.max-attachments only if all clients take more.",
                nameof(count));
        }
    }

    private void WriteArray(ArrayBufferWriter<byte> buffer, string? eventName, object?[] arguments)
    {
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartArray();
        if (eventName is not null)
        {
            writer.WriteStringValue(eventName);
        }

        foreach (var argument in arguments)
        {
            if (argument is EventArguments several)
            {
                foreach (var one in several)
                {
                    WriteValue(writer, one);
                }
            }
            else
            {
                WriteValue(writer, argument);
            }
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<object?> Spread(object?[] arguments) =>
        arguments.SelectMany(argument => argument is EventArguments several ? several.Cast<object?>() : [argument]);

    private ReadOnlyMemory<byte> WriteJson(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        WriteValue(writer, value);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            default:
                JsonSerializer.Serialize(writer, value, value.GetType(), _options);
                break;
        }
    }

    /// <summary>A converter may emit while a packet is written, so the thread's buffer is taken, not shared.</summary>
    private static ArrayBufferWriter<byte> RentBuffer()
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>();
        _buffer = null;
        return buffer;
    }

    private static void ReturnBuffer(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity <= KeptBufferSize)
        {
            buffer.ResetWrittenCount();
            _buffer = buffer;
        }
    }
}
