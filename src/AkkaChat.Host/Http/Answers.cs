using AkkaChat.Host.Storage;

namespace AkkaChat.Host.Http;

/// <summary>Makes answers of HTTP.</summary>
internal static class Answers
{
    /// <summary>An answer of status 200; what is not there is absent.</summary>
    public static IResult Ok<T>(T value) => Results.Json(value, ChatJson.Options);
}
