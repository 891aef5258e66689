using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Transports;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.Polling;

/// <summary>HTTP long-polling: makes polls and packets of requests, and responses of answers.</summary>
internal sealed class PollingEndpoint(AkkaChatServer server, PollResponseWriter responses, SessionCookie cookie)
{
    private static readonly byte[] Ok = "ok"u8.ToArray();

    /// <summary>Opens a session; the response carries its handshake.</summary>
    public async Task OpenAsync(
        HttpContext context, Func<ISessionHost, ISessionApplication> createApplication, EngineDialect dialect)
    {
        var session = await server.OpenSessionAsync(
            HandshakeFactory.Create(context, server.Time),
            session =>
            {
                session.Dialect = dialect;
                return session.Polling = new PollingTransport(session.Outbox);
            },
            createApplication,
            EngineTransport.Polling,
            context.RequestAborted);
        if (session is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        cookie.Write(context, session.Id);
        await PollAsync(context, session);
    }

    /// <summary>A GET: waits for packets.</summary>
    public async Task PollAsync(HttpContext context, Session session)
    {
        if (session.Polling is null)
        {
            await EngineErrorResponse.WriteAsync(context, EngineError.BadRequest);
            return;
        }

        var poll = new Poll();
        session.Tell(new SessionMessages.PollArrived(poll));
        try
        {
            var answer = session.OrStopped(poll.Answer, PollAnswer.Refused(EngineError.SessionIdUnknown));
            await AnswerAsync(context, session, await answer.WaitAsync(context.RequestAborted));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // What the answer held, or would have, is lost with the request.
            if (poll.Answer.IsCompletedSuccessfully)
            {
                session.Outbox.Written((await poll.Answer).Bytes);
            }

            session.Tell(new SessionMessages.PollAborted(poll));
        }
    }

    /// <summary>A POST: takes packets, and is answered when they have taken effect.</summary>
    public async Task PostAsync(HttpContext context, Session session)
    {
        var error = await ReceiveAsync(context, session);
        if (error is null)
        {
            context.Response.ContentType = "text/html";
            context.Response.ContentLength = Ok.Length;
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.Body.WriteAsync(Ok);
        }
        else
        {
            await EngineErrorResponse.WriteAsync(context, error);
        }
    }

    private async Task AnswerAsync(HttpContext context, Session session, PollAnswer answer)
    {
        if (answer.Error is { } error)
        {
            await EngineErrorResponse.WriteAsync(context, error);
            return;
        }

        await responses.WriteAsync(context, answer.Packets, session.Dialect);
        session.Outbox.Written(answer.Bytes);
    }

    private async Task<EngineError?> ReceiveAsync(HttpContext context, Session session)
    {
        if (session.Polling is null)
        {
            return EngineError.BadRequest;
        }

        if (!PostBody.HasAcceptedType(context.Request, session.Dialect))
        {
            session.Close(CloseReason.TransportError);
            return EngineError.BadRequest;
        }

        if (!session.TryBeginPost())
        {
            session.Close(CloseReason.TransportError);
            return EngineError.BadRequest;
        }

        try
        {
            var body = await PostBody.ReadAsync(context, server.Settings.MaxPayload);
            return body is null ? TooLarge(session) : await DeliverAsync(context, session, body);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            session.Close(CloseReason.TransportClose);
            return EngineError.BadRequest;
        }
        finally
        {
            session.EndPost();
        }
    }

    private EngineError TooLarge(Session session)
    {
        server.Log.MessageTooLarge(session.LogName, server.Settings.MaxPayload);
        session.Close(CloseReason.MessageTooLarge);
        return PostBody.TooLarge;
    }

    private Task<EngineError?> DeliverAsync(HttpContext context, Session session, byte[] body) =>
        session.Dialect.IsLegacy
            ? DeliverAsync(
                session, new LegacyPayloadReader(body, PostBody.IsBinary(context.Request)), context.RequestAborted)
            : DeliverAsync(session, new PollingPayloadReader(body), context.RequestAborted);

    /// <summary>Hands the packets over one by one, as far as the session's window lets them in.</summary>
    private async Task<EngineError?> DeliverAsync<TReader>(
        Session session, TReader reader, CancellationToken cancellationToken)
        where TReader : struct, IPayloadReader
    {
        var processed = new TaskCompletionSource<EngineError?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = reader.Read(out var packet, out var error);
        while (read == PayloadRead.Packet)
        {
            var current = packet;
            read = reader.Read(out packet, out error);
            await session.Window.EnterAsync(current.Data.Length, cancellationToken);
            session.Tell(new SessionMessages.PacketArrived(0, current, read == PayloadRead.End ? processed : null));
        }

        if (read == PayloadRead.Error)
        {
            server.Log.ProtocolViolation(session.LogName, error.Reason);
            session.Close(CloseReason.ParseError);
            return EngineError.BadRequest;
        }

        return await session.OrStopped(processed.Task, EngineError.SessionIdUnknown);
    }
}
