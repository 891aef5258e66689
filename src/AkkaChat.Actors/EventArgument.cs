using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaChat.Serialization;

namespace AkkaChat;

/// <summary>
/// One argument of an event or ack, as it came: UTF-8 JSON that is read when a type is asked for, with its binary
/// parts. Emitted or returned again it goes out unchanged, binary included.
/// </summary>
[JsonConverter(typeof(EventArgumentConverter))]
public readonly struct EventArgument
{
    private readonly ArgumentSerializer? _serializer;

    internal EventArgument(
        ReadOnlyMemory<byte> json, IReadOnlyList<ReadOnlyMemory<byte>> attachments, ArgumentSerializer? serializer)
    {
        Json = json;
        Attachments = attachments;
        _serializer = serializer;
    }

    /// <summary>Whether the argument as a whole is binary.</summary>
    public bool IsBinary => Attachments is { Count: > 0 } && BinaryPlaceholder.TryRead(Json.Span, out _);

    /// <summary>The kind of JSON value; <see cref="JsonValueKind.Undefined"/> for binary.</summary>
    public JsonValueKind Kind => IsBinary ? JsonValueKind.Undefined : JsonKind.Of(Json.Span);

    internal static EventArgument EmptyObject { get; } = new("{}"u8.ToArray(), [], null);

    internal ReadOnlyMemory<byte> Json { get; }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Attachments { get; }

    /// <summary>Reads the argument as a type.</summary>
    /// <typeparam name="T">Any type that System.Text.Json reads; <c>byte[]</c> for binary.</typeparam>
    /// <exception cref="JsonException">The value does not fit the type.</exception>
    public T? As<T>() => (_serializer ?? ArgumentSerializer.Default).Deserialize<T>(Json.Span, Attachments);

    /// <summary>The bytes of a binary argument.</summary>
    /// <exception cref="InvalidOperationException">The argument is not binary.</exception>
    public ReadOnlyMemory<byte> AsBytes() =>
        IsBinary && BinaryPlaceholder.TryRead(Json.Span, out var number)
            ? Attachments[number]
            : throw new InvalidOperationException("The argument is JSON, not binary; use As<T>().");

    /// <summary>The argument's JSON text, with placeholders for binary parts.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Json.Span);
}
