using System.Collections.Concurrent;
using AkkaChat.Protocol.EngineIO;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web;

/// <summary>
/// Logs the requests that are refused: the first of a kind as a warning, the others for debugging, since a client that
/// is set up wrongly tries again and again.
/// </summary>
internal sealed class RefusalLog(ServerLog log)
{
    private readonly ConcurrentDictionary<int, bool> _kinds = new();

    /// <summary>Refuses a request with an error, and logs that.</summary>
    public Task RefuseAsync(HttpContext context, EngineError error)
    {
        Write(context, error.Code, error.Message);
        return EngineErrorResponse.WriteAsync(context, error);
    }

    /// <param name="context">The request.</param>
    /// <param name="kind">The code of the Engine.IO error.</param>
    /// <param name="why">The error's message.</param>
    public void Write(HttpContext context, int kind, string why)
    {
        if (_kinds.TryAdd(kind, true))
        {
            log.FirstRequestRefused(context.Request.Method, context.Request.Path, why);
        }
        else
        {
            log.RequestRefused(context.Request.Method, context.Request.Path, why);
        }
    }
}
