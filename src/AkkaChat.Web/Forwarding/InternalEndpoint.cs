using AkkaChat.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Forwarding;

/// <summary>
/// What the internal listener answers: requests of sessions of this node, from nodes that have the secret, and nothing
/// else. None is ever handed on again, so that two nodes that take each other for the owner do not send it in circles.
/// </summary>
internal sealed class InternalEndpoint(SessionEndpoint sessions, ClusterSettings settings, ForwardingLog log)
{
    private int _hasWarned;

    public Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!InternalProtocol.IsSecret(request.Headers[InternalProtocol.SecretHeader].ToString(), settings.Secret!))
        {
            var level = Interlocked.Exchange(ref _hasWarned, 1) == 0 ? LogLevel.Warning : LogLevel.Debug;
            log.WrongSecret(level, context.Connection.RemoteIpAddress);
            context.Response.StatusCode = InternalProtocol.WrongSecret;
        }
        else if (request.Path.StartsWithSegments(InternalProtocol.SessionPath, StringComparison.Ordinal, out var path))
        {
            request.Path = path;
            return sessions.ServeForwardedAsync(context);
        }
        else
        {
            context.Response.StatusCode = IsDone(request) ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        }

        return Task.CompletedTask;
    }

    private bool IsDone(HttpRequest request)
    {
        if (request.Path == InternalProtocol.ReleasePath)
        {
            sessions.ReleasePoll(request.Query["sid"].ToString());
            return true;
        }

        return request.Path == InternalProtocol.AlivePath;
    }
}
