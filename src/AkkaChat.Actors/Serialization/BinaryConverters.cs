using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaChat.Serialization;

/// <summary>
/// Binary at any depth: written as an attachment, read from one (or from a base64 string). What is written is a copy,
/// since the packet may wait in an outbox while the application uses its buffer again.
/// </summary>
internal sealed class ByteArrayConverter : JsonConverter<byte[]>
{
    /// <inheritdoc/>
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AttachmentContext.Read(ref reader).ToArray();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        AttachmentContext.Write(writer, value.ToArray());
}

/// <summary>As <see cref="ByteArrayConverter"/>; reading makes no copy.</summary>
internal sealed class ReadOnlyMemoryConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AttachmentContext.Read(ref reader);

    /// <inheritdoc/>
    public override void Write(
        Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        AttachmentContext.Write(writer, value.ToArray());
}

/// <summary>As <see cref="ByteArrayConverter"/>, for writable memory.</summary>
internal sealed class MemoryConverter : JsonConverter<Memory<byte>>
{
    /// <inheritdoc/>
    public override Memory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AttachmentContext.Read(ref reader).ToArray();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Memory<byte> value, JsonSerializerOptions options) =>
        AttachmentContext.Write(writer, value.ToArray());
}
