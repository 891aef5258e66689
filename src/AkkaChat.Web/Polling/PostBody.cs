using System.Buffers;
using System.IO.Pipelines;
using AkkaChat.Protocol.EngineIO;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaChat.Web.Polling;

/// <summary>Reads the body of a POST up to a limit, and no further.</summary>
internal static class PostBody
{
    /// <summary>What a body over the limit is answered with.</summary>
    public static readonly EngineError TooLarge = EngineError.BadRequest with
    {
        StatusCode = StatusCodes.Status413PayloadTooLarge,
    };

    /// <summary>Engine.IO 4 sends binary as base64 text; a binary body is the mark of a client of another version.</summary>
    public static bool HasAcceptedType(HttpRequest request, EngineDialect dialect) =>
        dialect.IsLegacy || !IsBinary(request);

    public static bool IsBinary(HttpRequest request) =>
        request.ContentType?.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The body; null if it is larger than the limit.</summary>
    /// <exception cref="IOException">The client broke off.</exception>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit)
        {
            return null;
        }

        // Our own limit is the one that counts; the server's may be smaller.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        return await ReadAsync(context.Request.BodyReader, limit, context.RequestAborted);
    }

    private static async Task<byte[]?> ReadAsync(PipeReader body, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.Length > limit)
            {
                body.AdvanceTo(buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var bytes = buffer.ToArray();
                body.AdvanceTo(buffer.End);
                return bytes;
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
