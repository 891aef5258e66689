using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaChat.Host.Http;

/// <summary>How answers are written: what is not there is absent.</summary>
internal static class ChatJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>An answer of status 200.</summary>
    public static IResult Ok<T>(T value) => Results.Json(value, Options);
}
