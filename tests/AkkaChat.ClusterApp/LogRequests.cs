namespace AkkaChat.ClusterApp;

/// <summary>Logs of rooms by plain HTTP, so that a test needs no client that keeps a connection.</summary>
internal static class LogRequests
{
    public static void Map(IEndpointRouteBuilder app, IAkkaChat io)
    {
        app.MapPost("/logs/{room}", (string room, string text) =>
            AnswerAsync(async () => (await io.LogOf(room).Once(text).PublishAsync("said", text)).Offset));
        app.MapGet("/logs/{room}", (string room, long after) =>
            AnswerAsync(() => TextsAsync(io.LogOf(room), after)));
    }

    private static async Task<string[]> TextsAsync(IRoomLog log, long after)
    {
        var top = (await log.ReadAsync(limit: 1)).Top;
        var page = await log.ReadAsync(top with { Offset = after }, 1000);
        return [.. page.Entries.Select(entry => entry.Arguments[0].As<string>()!)];
    }

    private static async Task<IResult> AnswerAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return Results.Ok(await call());
        }
        catch (EventException exception)
        {
            return Results.Text($"{exception.Code}: {exception.InnerException?.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
