using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.Api;

/// <summary>A request that is not carried out, and what its sender is told.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="title">What kind of failure it is.</param>
/// <param name="detail">What is wrong, and what would be right.</param>
/// <param name="place">Which member or parameter is wrong; null: none in particular.</param>
internal sealed class ApiException(int status, string title, string detail, string? place = null) : Exception(detail)
{
    public int Status => status;

    public string Title => title;

    public string? Field => place;

    public static ApiException Invalid(string? place, string detail) =>
        new(StatusCodes.Status400BadRequest, "The request is not valid.", detail, place);

    public static ApiException UnknownNamespace(string name) => new(
        StatusCodes.Status404NotFound,
        "There is no such namespace.",
        $"The namespace '{name}' does not exist. Namespaces exist when the application has named them.",
        "namespace");

    public static ApiException TooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        "The body is too large.",
        $"The body has more than {limit} bytes (akkachat.max-payload).");

    public static ApiException NotJson() => new(
        StatusCodes.Status415UnsupportedMediaType,
        "The body is not JSON.",
        "The Content-Type is not accepted. Accepted: application/json.");

    public static ApiException Unavailable(string why) => new(
        StatusCodes.Status503ServiceUnavailable, "It was not done, or not everywhere.", why);

    public static ApiException Unauthorized() => new(
        StatusCodes.Status401Unauthorized,
        "The key is missing or wrong.",
        "Send one of akkachat.api.keys as 'Authorization: Bearer <key>', or as 'X-API-Key: <key>'.");

    public static ApiException Failed() => new(
        StatusCodes.Status500InternalServerError, "The server has failed.", "The server's log says why.");
}
