using System.Net.WebSockets;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Web.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.WebSockets;

/// <summary>WebSocket requests: opens a session by one, or takes a polling session over to one.</summary>
internal sealed class WebSocketEndpoint(AkkaChatServer server, Func<IWebSocketBridge> bridge)
{
    /// <summary>Opens a session and serves it until it ends.</summary>
    public async Task OpenAsync(
        HttpContext context, Func<ISessionHost, ISessionApplication> createApplication, EngineDialect dialect)
    {
        var handshake = HandshakeFactory.Create(context, server.Time);
        var (socket, frames) = await AcceptAsync(context, dialect);
        using var accepted = socket;
        WebSocketTransport? transport = null;
        try
        {
            var session = await server.OpenSessionAsync(
                handshake,
                session =>
                {
                    session.Dialect = dialect;
                    return transport = new WebSocketTransport(socket, frames, session.Outbox, dialect);
                },
                createApplication,
                EngineTransport.WebSocket,
                context.RequestAborted);
            if (session is not null)
            {
                await ServeAsync(socket, transport!, session, generation: 0, context.RequestAborted);
            }
        }
        finally
        {
            transport?.Dispose();
        }
    }

    /// <summary>
    /// Offers a WebSocket to a polling session and serves it until it ends. An offer that is refused is closed as a
    /// WebSocket, since its client is one that speaks WebSocket.
    /// </summary>
    public async Task UpgradeAsync(HttpContext context, Session session)
    {
        var dialect = session.Dialect.IsLegacy
            ? EngineDialect.LegacyOf(takesBinary: !context.Request.Query.ContainsKey("b64"))
            : EngineDialect.Current;
        var (socket, frames) = await AcceptAsync(context, dialect);
        using var accepted = socket;
        using var transport = new WebSocketTransport(socket, frames, session.Outbox, dialect);
        var answer = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Tell(new SessionMessages.CandidateArrived(transport, answer));
        if (await session.OrStopped(answer.Task, null) is { } generation)
        {
            await ServeAsync(socket, transport, session, generation, context.RequestAborted);
            return;
        }

        transport.Abort(CloseReason.TransportClose);
        var reader = new WebSocketReader(socket, server.Settings.MaxPayload, session.Dialect, transport.Lifetime);
        await EndAsync(socket, transport, reader, context.RequestAborted);
    }

    private async Task ServeAsync(
        WebSocket socket, WebSocketTransport transport, Session session, int generation, CancellationToken disconnected)
    {
        var reader = new WebSocketReader(socket, server.Settings.MaxPayload, session.Dialect, transport.Lifetime);
        var end = await bridge().RunAsync(reader, session, generation, transport.Lifetime);
        Report(end, session);
        session.Tell(new SessionMessages.TransportClosed(generation, end.End ?? CloseReason.TransportClose));

        transport.Abort(end.End ?? CloseReason.TransportClose);
        await EndAsync(socket, transport, reader, disconnected);
    }

    private void Report(WebSocketRead end, Session session)
    {
        if (end.Violation is { } violation)
        {
            server.Log.ProtocolViolation(session.LogName, violation);
        }
        else if (end.End == CloseReason.MessageTooLarge)
        {
            server.Log.MessageTooLarge(session.LogName, server.Settings.MaxPayload);
        }
    }

    /// <summary>Close frames are exchanged before the connection is given up, unless the client takes too long.</summary>
    private static async Task EndAsync(
        WebSocket socket, WebSocketTransport transport, WebSocketReader reader, CancellationToken disconnected)
    {
        await transport.Ended;
        while ((await reader.ReadAsync()).End != CloseReason.TransportClose)
        {
            // What still comes in goes nowhere.
        }

        if (socket.State == WebSocketState.Aborted)
        {
            await LetCloseFrameOutAsync(transport.Lifetime, disconnected);
        }
    }

    /// <summary>
    /// Over a broken frame the WebSocket class closes by itself and reads no more. To dispose it resets the connection,
    /// which would overtake its close frame: the client gets the time it has for any close frame.
    /// </summary>
    private static async Task LetCloseFrameOutAsync(CancellationToken lifetime, CancellationToken disconnected)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime, disconnected);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Accepts the WebSocket. Its frames may be written past its class unless they depend on the connection: compressed
    /// ones have been negotiated, and those of legacy clients are made for each.
    /// </summary>
    private async Task<(WebSocket Socket, FrameWriter? Frames)> AcceptAsync(HttpContext context, EngineDialect dialect)
    {
        var settings = server.Settings;
        var frames = settings.DirectWrites && !settings.WebSocketCompression && !dialect.IsLegacy
            ? context.Features.Get<ConnectionOutput>()?.TryTakeOver(context.Features.Get<IConnectionTransportFeature>())
            : null;
        var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            // Engine.IO has a heartbeat of its own.
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousEnableCompression = settings.WebSocketCompression,
            DisableServerContextTakeover = settings.WebSocketCompression,
        });
        return (socket, frames);
    }
}
