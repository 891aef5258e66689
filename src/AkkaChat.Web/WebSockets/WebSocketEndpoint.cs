using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Web.Connections;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.WebSockets;

/// <summary>WebSocket requests: opens a session by one, or takes a polling session over to one.</summary>
/// <param name="server">The server.</param>
/// <param name="bridge">What hands packets to sessions.</param>
/// <param name="open">Counts the WebSockets that are served without their requests.</param>
/// <param name="keepsRequests">Whether the web server counts connections and must keep them.</param>
internal sealed class WebSocketEndpoint(
    AkkaChatServer server, Func<IWebSocketBridge> bridge, OpenWebSockets open, bool keepsRequests)
{
    /// <summary>The generation of a transport that is not let in.</summary>
    private const int Refused = -2;

    /// <summary>Opens a session and serves it until it ends.</summary>
    public async Task OpenAsync(
        HttpContext context, Func<ISessionHost, ISessionApplication> createApplication, EngineDialect dialect)
    {
        var handshake = HandshakeFactory.Create(context, server.Time);
        var socket = await AcceptAsync(context, dialect);
        await ServeAsync(socket, disconnected => OpenAsync(socket, handshake, createApplication, dialect, disconnected), context);
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
        var socket = await AcceptAsync(context, dialect);
        await ServeAsync(socket, disconnected => OfferAsync(socket, session, disconnected), context);
    }

    /// <summary>
    /// Serves a WebSocket: within its request, or, where it does not need the request any more, without it, so that
    /// what ASP.NET Core keeps for a request is free.
    /// </summary>
    private Task ServeAsync(IWebSocketConnection socket, Func<CancellationToken, Task> serve, HttpContext context)
    {
        if (!socket.OutlivesRequest)
        {
            return ServeToEndAsync(socket, serve, context.RequestAborted);
        }

        using (ExecutionContext.SuppressFlow())
        {
            _ = open.TrackAsync(ServeWithoutRequestAsync(socket, serve));
        }

        return Task.CompletedTask;
    }

    private async Task ServeWithoutRequestAsync(IWebSocketConnection socket, Func<CancellationToken, Task> serve)
    {
        try
        {
            await ServeToEndAsync(socket, serve, CancellationToken.None);
        }
        catch (Exception exception)
        {
            server.Log.WebSocketFailed(exception);
        }
    }

    private static async Task ServeToEndAsync(
        IWebSocketConnection socket, Func<CancellationToken, Task> serve, CancellationToken disconnected)
    {
        using (socket)
        {
            await serve(disconnected);
        }
    }

    private async Task OpenAsync(
        IWebSocketConnection socket,
        Handshake handshake,
        Func<ISessionHost, ISessionApplication> createApplication,
        EngineDialect dialect,
        CancellationToken disconnected)
    {
        WebSocketTransport? transport = null;
        try
        {
            var session = await server.OpenSessionAsync(
                handshake,
                session =>
                {
                    session.Dialect = dialect;
                    return transport = new WebSocketTransport(socket, session.Outbox);
                },
                createApplication,
                EngineTransport.WebSocket,
                disconnected);
            if (session is not null)
            {
                await ServeAsync(socket, transport!, session, generation: 0, disconnected);
            }
        }
        finally
        {
            transport?.Dispose();
        }
    }

    private async Task OfferAsync(IWebSocketConnection socket, Session session, CancellationToken disconnected)
    {
        using var transport = new WebSocketTransport(socket, session.Outbox);
        var answer = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Tell(new SessionMessages.CandidateArrived(transport, answer));
        if (await session.OrStopped(answer.Task, null) is { } generation)
        {
            await ServeAsync(socket, transport, session, generation, disconnected);
            return;
        }

        transport.Abort(CloseReason.TransportClose);
        var reader = new WebSocketReader(socket, session, Refused, transport.Lifetime);
        await EndAsync(socket, transport, reader, disconnected);
    }

    private async Task ServeAsync(
        IWebSocketConnection socket, WebSocketTransport transport, Session session, int generation, CancellationToken disconnected)
    {
        var reader = new WebSocketReader(socket, session, generation, transport.Lifetime);
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
        IWebSocketConnection socket, WebSocketTransport transport, WebSocketReader reader, CancellationToken disconnected)
    {
        await transport.Ended;
        while ((await reader.ReadAsync()).End != CloseReason.TransportClose)
        {
            // What still comes in goes nowhere.
        }

        if (socket.HasClosedItself)
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
    /// Accepts the WebSocket: with framing of our own where the connection can be taken over and nothing of it is
    /// negotiated (compressed frames are; those of legacy clients are made for each), else by ASP.NET Core's class.
    /// </summary>
    private async Task<IWebSocketConnection> AcceptAsync(HttpContext context, EngineDialect dialect)
    {
        var settings = server.Settings;
        if (settings.DirectWebSockets && !keepsRequests && !settings.WebSocketCompression && !dialect.IsLegacy
            && await TakenConnection.TryTakeAsync(context) is { } connection)
        {
            return new FramedWebSocket(connection, settings.MaxPayload);
        }

        var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            // Engine.IO has a heartbeat of its own.
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousEnableCompression = settings.WebSocketCompression,
            DisableServerContextTakeover = settings.WebSocketCompression,
        });
        return new ClassWebSocket(socket, settings.MaxPayload, dialect);
    }
}
