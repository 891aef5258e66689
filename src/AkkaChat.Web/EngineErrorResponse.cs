using AkkaChat.Protocol.EngineIO;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web;

/// <summary>Answers a request with an Engine.IO error.</summary>
internal static class EngineErrorResponse
{
    public static Task WriteAsync(HttpContext context, EngineError error) =>
        WriteAsync(context, error.StatusCode, error.Json);

    public static Task WriteAsync(HttpContext context, int statusCode, ReadOnlyMemory<byte> json)
    {
        var response = context.Response;
        if (response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        response.StatusCode = statusCode;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(json).AsTask();
    }
}
