using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Web.Polling;
using AkkaChat.Web.WebSockets;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web;

/// <summary>The requests of an open session of this node, wherever they came from: polls, posts and upgrades.</summary>
internal sealed class SessionEndpoint(
    AkkaChatServer server, PollingEndpoint polling, WebSocketEndpoint webSockets, RefusalLog refusals)
{
    /// <summary>By what a request says it comes; false if that is not served.</summary>
    public bool TryReadTransport(IQueryCollection query, out EngineTransport transport)
    {
        var names = query["transport"];
        transport = names is ["websocket"] ? EngineTransport.WebSocket : EngineTransport.Polling;
        return names is ["websocket"] or ["polling"] && server.Settings.Transports.Contains(transport);
    }

    /// <summary>Answers a request that another node has handed on: as its own endpoint would, but never hands it on again.</summary>
    public Task ServeForwardedAsync(HttpContext context)
    {
        var query = context.Request.Query;
        return !TryReadTransport(query, out var transport) ? refusals.RefuseAsync(context, EngineError.TransportUnknown)
            : server.FindSession(query["sid"].ToString()) is { } session ? ServeAsync(context, transport, session)
            : refusals.RefuseAsync(context, EngineError.SessionIdUnknown);
    }

    /// <summary>Answers the poll that waits, if one does.</summary>
    public void ReleasePoll(string sid) => server.FindSession(sid)?.Polling?.TryAnswerParked(EnginePacketCodec.Noop);

    public async Task ServeAsync(HttpContext context, EngineTransport transport, Session session)
    {
        var isWebSocket = context.WebSockets.IsWebSocketRequest;
        if (isWebSocket != (transport == EngineTransport.WebSocket) || (isWebSocket && !server.Settings.AllowUpgrades))
        {
            await refusals.RefuseAsync(context, EngineError.BadRequest);
        }
        else if (isWebSocket)
        {
            await webSockets.UpgradeAsync(context, session);
        }
        else if (HttpMethods.IsGet(context.Request.Method))
        {
            await polling.PollAsync(context, session);
        }
        else if (HttpMethods.IsPost(context.Request.Method))
        {
            await polling.PostAsync(context, session);
        }
        else
        {
            await refusals.RefuseAsync(context, EngineError.BadRequest);
        }
    }
}
