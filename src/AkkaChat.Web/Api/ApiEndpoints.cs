using AkkaChat.Web.Polling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Api;

/// <summary>
/// The HTTP API: who may use it, where its operations are, and how they answer. Nothing of a request is read before
/// its key is known.
/// </summary>
internal sealed class ApiEndpoints(
    AkkaChatServer server,
    ApiKeys keys,
    ApiCommands commands,
    ApiOperations operations,
    ApiFailures failures,
    ApiJson json,
    ApiMetrics metrics,
    ApiLog log)
{
    private static readonly string[] Filters = ["namespace", "room", "user", "except"];

    private int _hasWarned;

    /// <summary>Maps the operations; none if nobody has a key.</summary>
    public void Map(RouteGroupBuilder group, string path)
    {
        if (keys.IsEmpty)
        {
            log.NotMapped(path);
            return;
        }

        foreach (var name in ApiCommands.Names)
        {
            MapPost(group, name, (body, _) => commands.RunAsync(name, body));
        }

        MapPost(group, "batch", commands.RunBatchAsync);
        MapGet(group, "rooms", ["namespace", "prefix", "after", "limit"], async (query, aborted) => await operations.RoomsAsync(query, aborted));
        MapGet(group, "sockets", [.. Filters, "after", "limit"], async (query, aborted) => await operations.SocketsAsync(query, aborted));
        MapGet(group, "sockets/count", Filters, async (query, aborted) => await operations.CountAsync(query, aborted));
        MapGet(group, "cluster", [], async (_, aborted) => await operations.ClusterAsync(aborted));
        log.Mapped(path, server.Settings.Api.Keys.Count);
    }

    private void MapPost(RouteGroupBuilder group, string name, Func<byte[], CancellationToken, Task<object>> run) =>
        group.MapPost(name, context => ServeAsync(context, name, async () => await run(await BodyAsync(context), context.RequestAborted)));

    private void MapGet(RouteGroupBuilder group, string name, string[] parameters, Func<ApiQuery, CancellationToken, Task<object>> run) =>
        group.MapGet(name, context => ServeAsync(
            context, name, async () => await run(new ApiQuery(context.Request.Query, parameters), context.RequestAborted)));

    private async Task ServeAsync(HttpContext context, string operation, Func<Task<object>> run)
    {
        try
        {
            // What a request has begun goes on without it.
            var reply = keys.Accept(context.Request)
                ? await failures.RunAsync(() => run().WaitAsync(context.RequestAborted))
                : Refuse(context);
            metrics.Count(operation, reply.Outcome);
            await WriteAsync(context, reply);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Who breaks HTTP itself, as by a chunk that is none, is told so, if somebody is still there.
            if (exception is BadHttpRequestException broken && !context.Response.HasStarted)
            {
                context.Response.StatusCode = broken.StatusCode;
            }

            metrics.Count(operation, ApiOutcome.Aborted);
        }
    }

    private ApiReply Refuse(HttpContext context)
    {
        var level = Interlocked.Exchange(ref _hasWarned, 1) == 0 ? LogLevel.Warning : LogLevel.Debug;
        log.WrongKey(level, context.Connection.RemoteIpAddress, context.Request.Path);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiFailures.Reply(ApiException.Unauthorized());
    }

    private async Task<byte[]> BodyAsync(HttpContext context)
    {
        var limit = server.Settings.MaxPayload;
        return !context.Request.HasJsonContentType()
            ? throw ApiException.NotJson()
            : await PostBody.ReadAsync(context, limit) ?? throw ApiException.TooLarge(limit);
    }

    private async Task WriteAsync(HttpContext context, ApiReply reply)
    {
        var body = json.Write(reply.Body);
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.Status < StatusCodes.Status400BadRequest ? "application/json" : "application/problem+json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
