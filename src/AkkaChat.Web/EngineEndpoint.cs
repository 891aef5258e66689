using System.Text.Json;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Web.Forwarding;
using AkkaChat.Web.Polling;
using AkkaChat.Web.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AkkaChat.Web;

/// <summary>
/// One Engine.IO endpoint: checks what every request must be, opens sessions, and passes requests of open ones on: to
/// <see cref="SessionEndpoint"/> if the session is of this node, else to the node it is of.
/// Errors are those of the table in <see cref="EngineError"/>.
/// </summary>
internal sealed class EngineEndpoint(
    AkkaChatServer server,
    Func<ISessionHost, ISessionApplication> createApplication,
    OriginPolicy origins,
    Func<HttpContext, ValueTask<string?>>? allowRequest,
    PollingEndpoint polling,
    WebSocketEndpoint webSockets,
    SessionEndpoint sessions,
    SessionForwarder? forwarder,
    RefusalLog refusals)
{
    private const string CurrentVersion = "4";
    private const string LegacyVersion = "3";

    public async Task HandleAsync(HttpContext context)
    {
        if (!origins.Allows(context.Request))
        {
            await RefuseAsync(context, EngineError.Forbidden);
        }
        else if (origins.IsPreflight(context.Request))
        {
            origins.AnswerPreflight(context);
        }
        else
        {
            origins.WriteHeaders(context);
            await RouteAsync(context);
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!sessions.TryReadTransport(query, out var transport))
        {
            await RefuseAsync(context, EngineError.TransportUnknown);
        }
        else if (query.TryGetValue("sid", out var sid))
        {
            await ContinueAsync(context, transport, sid.ToString());
        }
        else if (await RefusalAsync(context, transport) is { } error)
        {
            await error(context);
        }
        else if (transport == EngineTransport.Polling)
        {
            await polling.OpenAsync(context, createApplication, DialectOf(query));
        }
        else
        {
            await webSockets.OpenAsync(context, createApplication, DialectOf(query));
        }
    }

    private async Task ContinueAsync(HttpContext context, EngineTransport transport, string sid)
    {
        if (server.FindSession(sid) is { } session)
        {
            await sessions.ServeAsync(context, transport, session);
        }
        else if (forwarder is null || !await forwarder.TryForwardAsync(context, sid))
        {
            await RefuseAsync(context, EngineError.SessionIdUnknown);
        }
    }

    /// <summary>Why a request may not open a session; null if it may.</summary>
    private async ValueTask<Func<HttpContext, Task>?> RefusalAsync(HttpContext context, EngineTransport transport)
    {
        var error = CheckOpening(context, transport);
        if (error is not null)
        {
            return http => RefuseAsync(http, error);
        }

        var refusal = allowRequest is null ? null : await AskAsync(allowRequest, context);
        return refusal is null ? null : http => RefuseAsync(http, refusal);
    }

    private Task RefuseAsync(HttpContext context, EngineError error) => refusals.RefuseAsync(context, error);

    /// <summary>By the application, in its words.</summary>
    private Task RefuseAsync(HttpContext context, string message)
    {
        refusals.Write(context, EngineError.Forbidden.Code, message);
        return EngineErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, ForbiddenBody(message));
    }

    /// <summary>How the client of an opening request speaks, whose version is one that is served.</summary>
    private static EngineDialect DialectOf(IQueryCollection query) =>
        query["EIO"] is [LegacyVersion]
            ? EngineDialect.LegacyOf(takesBinary: !query.ContainsKey("b64"))
            : EngineDialect.Current;

    private bool IsServed(StringValues version) =>
        version is [CurrentVersion] || (server.Settings.AllowEio3 && version is [LegacyVersion]);

    private EngineError? CheckOpening(HttpContext context, EngineTransport transport)
    {
        if (!IsServed(context.Request.Query["EIO"]))
        {
            return HttpMethods.IsGet(context.Request.Method)
                ? EngineError.UnsupportedProtocolVersion
                : EngineError.BadHandshakeMethod;
        }

        var isWebSocket = context.WebSockets.IsWebSocketRequest;
        if (isWebSocket != (transport == EngineTransport.WebSocket))
        {
            return EngineError.BadRequest;
        }

        // A WebSocket over HTTP/2 is opened by CONNECT.
        return isWebSocket || HttpMethods.IsGet(context.Request.Method) ? null : EngineError.BadHandshakeMethod;
    }

    private async ValueTask<string?> AskAsync(Func<HttpContext, ValueTask<string?>> ask, HttpContext context)
    {
        try
        {
            return await ask(context);
        }
        catch (Exception exception)
        {
            server.Log.AllowRequestFailed(exception);
            return EngineError.Forbidden.Message;
        }
    }

    private static byte[] ForbiddenBody(string message) =>
        JsonSerializer.SerializeToUtf8Bytes(new { code = EngineError.Forbidden.Code, message });
}
