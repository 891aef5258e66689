using System.Diagnostics.CodeAnalysis;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Web.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace AkkaChat.Web.Forwarding;

/// <summary>One request of a client with the owner of its session, to the end of the response or of the WebSocket.</summary>
/// <param name="context">The client's request.</param>
/// <param name="owner">Who answers it.</param>
/// <param name="patience">How long a client may not take what a WebSocket brings it.</param>
/// <param name="isDraining">Whether this node is about to end, and the client had better ask by another connection.</param>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer and needs no disposal.")]
internal sealed class ForwardedExchange(HttpContext context, Owner owner, TimeSpan patience, Func<bool> isDraining)
{
    private readonly CancellationTokenSource _brokenOff = new();

    /// <summary>Kept, for a request that has been answered meanwhile is none any more that could be asked.</summary>
    private readonly string? _release = HttpMethods.IsGet(context.Request.Method) ? InternalProtocol.ReleaseOf(context.Request) : null;

    /// <summary>Whether it is a WebSocket, which has no end of its own.</summary>
    public bool IsWebSocket { get; } = context.WebSockets.IsWebSocketRequest;

    /// <summary>Has the request answered. Whatever the outcome: if the response has not started, there is no answer yet.</summary>
    public async Task<ForwardingOutcome> RunAsync(CancellationToken stopping)
    {
        if (owner.At(InternalProtocol.TargetOf(context.Request)) is not { } address)
        {
            return ForwardingOutcome.Broken;
        }

        // Ends before the request does: after that the context may be another request's.
        await using var breaking = _brokenOff.Token.Register(context.Abort);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var body = IsWebSocket ? null : ForwardedBody.Of(context);
        using var request = CreateRequest(address, body);
        try
        {
            using var response = await owner.SendAsync(request, gone.Token);
            return IsWebSocket && response.IsSuccessStatusCode
                ? await CarryAsync(response, stopping)
                : await AnswerAsync(response, gone.Token);
        }
        catch (OwnerSilentException)
        {
            return ForwardingOutcome.Silent;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return await BreakOffAsync(body);
        }
        finally
        {
            await (body?.EndAsync() ?? Task.CompletedTask);
        }
    }

    /// <summary>Has the owner answer a poll that waits there. Completes when it has been told; what fails is no worse than before.</summary>
    public Task ReleaseAsync() =>
        _release is not null && owner.At(_release) is { } address ? owner.ReleaseAsync(address) : Task.CompletedTask;

    /// <summary>Breaks it off, unless it has ended.</summary>
    public void BreakOff() => _brokenOff.Cancel();

    private HttpRequestMessage CreateRequest(Uri address, ForwardedBody? body)
    {
        var from = context.Request;
        var method = IsWebSocket ? HttpMethod.Connect : new HttpMethod(from.Method);
        var request = new HttpRequestMessage(method, address) { Content = body };
        request.Headers.Protocol = IsWebSocket ? "websocket" : null;
        foreach (var name in InternalProtocol.RequestHeaders)
        {
            if (from.Headers.TryGetValue(name, out var values) && !request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                body?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return request;
    }

    private async Task<ForwardingOutcome> AnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode == InternalProtocol.WrongSecret)
        {
            owner.OnSecretRefused();
            return ForwardingOutcome.Broken;
        }

        CopyHead(response);
        if (isDraining() && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        await response.Content.CopyToAsync(context.Response.Body, cancellationToken);
        return ForwardingOutcome.Answered;
    }

    /// <summary>
    /// As the owner wrote it. The date is the web server's affair, and of what the answer varies by something may be said
    /// already.
    /// </summary>
    private void CopyHead(HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        var headers = context.Response.Headers;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            if (string.Equals(name, HeaderNames.Vary, StringComparison.OrdinalIgnoreCase))
            {
                headers.Append(name, values.ToArray());
            }
            else if (!string.Equals(name, HeaderNames.Date, StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = values.ToArray();
            }
        }
    }

    /// <summary>
    /// Whether the client has gone is not asked: its connection may be at its end long before all that it said has been
    /// read, and then the reads say so.
    /// </summary>
    private async Task<ForwardingOutcome> CarryAsync(HttpResponseMessage response, CancellationToken stopping)
    {
        await using var theirs = await response.Content.ReadAsStreamAsync(stopping);
        await using var ours = await UpgradeAsync(response);
        if (await new Tunnel(ours, theirs, patience).RunAsync(stopping))
        {
            return ForwardingOutcome.Answered;
        }

        var isClients = context.RequestAborted.IsCancellationRequested;
        context.Abort();
        return isClients ? ForwardingOutcome.Aborted : ForwardingOutcome.Broken;
    }

    /// <summary>Tells the client what the owner has agreed to; what follows are the WebSocket's bytes.</summary>
    private async Task<Stream> UpgradeAsync(HttpResponseMessage response)
    {
        CopyHead(response);
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            return await connect.AcceptAsync();
        }

        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = TakenConnection.Accept(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private async Task<ForwardingOutcome> BreakOffAsync(ForwardedBody? body)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return ForwardingOutcome.Aborted;
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
        }
        else if (body?.IsBroken == true)
        {
            await EngineErrorResponse.WriteAsync(context, EngineError.BadRequest);
        }

        return ForwardingOutcome.Broken;
    }
}
