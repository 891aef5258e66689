using System.Buffers;
using System.IO.Compression;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AkkaChat.Web.Polling;

/// <summary>Writes the packets of a poll's answer, compressed if they are many and the client takes it.</summary>
internal sealed class PollResponseWriter(CompressionSettings compression)
{
    public async Task WriteAsync(HttpContext context, List<WirePacket> packets)
    {
        var payload = new ArrayBufferWriter<byte>();
        PollingPayloadWriter.Write(payload, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(packets));
        var response = context.Response;
        response.ContentType = "text/plain; charset=UTF-8";
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
}
