using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AkkaChat.Web.Api;

/// <summary>What a request is answered with.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The answer, or the <see cref="ProblemDetails"/> that say why there is none.</param>
/// <param name="Outcome">How it is counted.</param>
internal sealed record ApiReply(int Status, object Body, ApiOutcome Outcome);

/// <summary>Turns what is thrown into what is answered.</summary>
internal sealed class ApiFailures(ApiLog log)
{
    /// <summary>Never throws but for a cancellation, or a client that has broken off.</summary>
    public async Task<ApiReply> RunAsync(Func<Task<object>> run)
    {
        try
        {
            return new ApiReply(StatusCodes.Status200OK, await run(), ApiOutcome.Done);
        }
        catch (ApiException exception)
        {
            return Reply(exception);
        }
        catch (ArgumentException exception)
        {
            // The rules of the application API itself, such as how much binary one event may have.
            return Reply(ApiException.Invalid(null, WithoutParameter(exception)));
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            log.Unavailable(exception.Message);
            return Reply(ApiException.Unavailable(exception.Message));
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException))
        {
            log.Failed(exception);
            return Reply(ApiException.Failed());
        }
    }

    public static ApiReply Reply(ApiException exception)
    {
        var problem = new ProblemDetails { Title = exception.Title, Status = exception.Status, Detail = exception.Message };
        if (exception.Field is { } field)
        {
            problem.Extensions["field"] = field;
        }

        return new ApiReply(exception.Status, problem, exception.Status switch
        {
            StatusCodes.Status401Unauthorized => ApiOutcome.Unauthorized,
            StatusCodes.Status503ServiceUnavailable => ApiOutcome.Unavailable,
            StatusCodes.Status500InternalServerError => ApiOutcome.Failed,
            _ => ApiOutcome.Invalid,
        });
    }

    /// <summary>.NET puts the parameter's name behind the message, which means nothing outside.</summary>
    private static string WithoutParameter(ArgumentException exception) =>
        exception.Message.Split(" (Parameter '", 2)[0];
}
