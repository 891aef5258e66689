using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AkkaChat.Web.Polling;

/// <summary>Writes the packets of a poll's answer, compressed if they are many and the client takes it.</summary>
internal sealed class PollResponseWriter(CompressionSettings compression)
{
    private const string TextType = "text/plain; charset=UTF-8";
    private const string BinaryType = "application/octet-stream";

    public async Task WriteAsync(HttpContext context, List<WirePacket> packets, EngineDialect dialect)
    {
        var payload = new ArrayBufferWriter<byte>();
        var response = context.Response;
        response.ContentType = WritePayload(payload, CollectionsMarshal.AsSpan(packets), dialect);
        response.Headers.CacheControl = "no-store";
        var encoding = compression.Enabled && payload.WrittenCount >= compression.Threshold
            ? ContentEncoding.Choose(context.Request.Headers.AcceptEncoding)
            : null;
        if (encoding is null)
        {
            response.ContentLength = payload.WrittenCount;
            await response.Body.WriteAsync(payload.WrittenMemory, context.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = encoding;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        await using var compressed = ContentEncoding.Compress(encoding, response.Body, CompressionLevel.Fastest);
        await compressed.WriteAsync(payload.WrittenMemory, context.RequestAborted);
    }

    /// <summary>Writes the packets as the client reads them, and says what type of content that is.</summary>
    private static string WritePayload(ArrayBufferWriter<byte> payload, ReadOnlySpan<WirePacket> packets, EngineDialect dialect)
    {
        if (!dialect.IsLegacy)
        {
            PollingPayloadWriter.Write(payload, packets);
            return TextType;
        }

        if (LegacyPayloadWriter.IsBinary(packets, dialect))
        {
            LegacyPayloadWriter.WriteBinary(payload, packets);
            return BinaryType;
        }

        LegacyPayloadWriter.WriteText(payload, packets);
        return TextType;
    }
}
