using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NetSocket = System.Net.Sockets.Socket;

namespace AkkaChat.Web.Connections;

/// <summary>
/// A connection that a WebSocket has taken over from Kestrel: what comes in, and what writes to it. It lives until it is
/// disposed of, whatever becomes of the request that began it.
/// </summary>
internal sealed class TakenConnection(ArrayBufferWriter<byte> response, SocketInput input, FrameWriter frames, NetSocket socket)
    : IDisposable
{
    public SocketInput Input => input;

    public FrameWriter Frames => frames;

    /// <summary>
    /// Takes the connection of a WebSocket request over and answers the request (RFC 6455, section 4.2.2). Null, with
    /// nothing done, if the connection cannot be taken over.
    /// </summary>
    /// <param name="context">A valid WebSocket request: ASP.NET Core has checked it.</param>
    public static async ValueTask<TakenConnection?> TryTakeAsync(HttpContext context)
    {
        var features = context.Features;
        if (features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade
            || features.Get<SocketConnection>()?.TryTakeOver(features.Get<IConnectionTransportFeature>()) is not { } connection)
        {
            return null;
        }

        try
        {
            await connection.AnswerAsync(context, upgrade);
            return connection;
        }
        catch
        {
            connection.Abort();
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What answers the key of a WebSocket request.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol says SHA-1; it guards nothing here.")]
    public static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));

    /// <summary>Breaks the connection off: what is on its way out is lost.</summary>
    public void Abort() => socket.Close(0);

    /// <summary>Closes the connection; what has been written still arrives.</summary>
    public void Dispose()
    {
        input.Dispose();
        socket.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, IHttpUpgradeFeature upgrade)
    {
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        await upgrade.UpgradeAsync();
        await frames.WriteAsync(response.WrittenMemory, context.RequestAborted);
    }
}
