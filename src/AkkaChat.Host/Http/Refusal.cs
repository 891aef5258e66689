using System.Globalization;
using System.Text.Json.Serialization;
using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Http;

/// <summary>Why a request is not done, as its answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What programs read.</param>
/// <param name="Error">What people read.</param>
/// <param name="Field">The field of the request that is at fault.</param>
/// <param name="RetryAfter">In how many seconds it is worth trying again.</param>
internal sealed record Refusal(
    [property: JsonIgnore] int Status, string Code, string Error, string? Field = null, int? RetryAfter = null) : IResult
{
    /// <summary>There is no such thing, or none that they may know of.</summary>
    public static Refusal NotFound(string error) => new(StatusCodes.Status404NotFound, "not_found", error);

    /// <summary>They may not do that.</summary>
    public static Refusal NotAllowed(string error) => new(StatusCodes.Status403Forbidden, "not_allowed", error);

    /// <summary>The request makes no sense.</summary>
    public static Refusal Invalid(string error, string? field = null) => new(StatusCodes.Status400BadRequest, "invalid", error, field);

    /// <summary>What the status says, for answers that say no more.</summary>
    public static Refusal Of(int status) => status switch
    {
        400 => Invalid("The request is not valid: its body must be JSON with the fields of this request."),
        404 => NotFound("There is nothing at this address."),
        405 => new(status, "invalid", "This address is not for this method."),
        413 => new(status, "too_large", "The request is too large."),
        415 => new(status, "invalid", "The request's body must be JSON (Content-Type: application/json)."),
        >= 500 => new(status, "unavailable", "The server could not do this. Try again."),
        _ => new(status, "invalid", "The request was refused."),
    };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (RetryAfter is { } seconds)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return httpContext.Response.WriteAsJsonAsync(this, ChatJson.Options, httpContext.RequestAborted);
    }
}
