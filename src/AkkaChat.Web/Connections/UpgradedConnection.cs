using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaChat.Web.Connections;

/// <summary>A connection that has been upgraded from HTTP/1.1 and taken over: what comes in, and what writes to it.</summary>
internal sealed record UpgradedConnection(PipeReader Input, FrameWriter Frames)
{
    /// <summary>
    /// Takes the connection of a WebSocket request over and answers the request (RFC 6455, section 4.2.2). Null, with
    /// nothing done, if the connection cannot be taken over.
    /// </summary>
    /// <param name="context">A valid WebSocket request: ASP.NET Core has checked it.</param>
    public static async ValueTask<UpgradedConnection?> TryTakeAsync(HttpContext context)
    {
        var transport = context.Features.Get<IConnectionTransportFeature>();
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade
            || context.Features.Get<ConnectionOutput>()?.TryTakeOver(transport) is not { } frames)
        {
            return null;
        }

        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        await upgrade.UpgradeAsync();
        return new UpgradedConnection(transport!.Transport.Input, frames);
    }

    /// <summary>What answers the key of a request.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol says SHA-1; it guards nothing here.")]
    public static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
