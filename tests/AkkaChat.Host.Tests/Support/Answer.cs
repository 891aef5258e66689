using System.Net;
using System.Text.Json;

namespace AkkaChat.Host.Tests.Support;

/// <summary>What the server has answered.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseMessage Response, byte[] Content)
{
    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Content);

    public string Code => Body.GetProperty("code").GetString()!;

    /// <summary>The Set-Cookie header; empty if there is none.</summary>
    public string Cookie => Response.Headers.TryGetValues("Set-Cookie", out var values) ? values.Single() : "";

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, response, await response.Content.ReadAsByteArrayAsync());

    /// <summary>Fails unless it is refused so, in words.</summary>
    public JsonElement IsRefused(HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.EndsWith(".", Body.GetProperty("error").GetString(), StringComparison.Ordinal);
        return Body;
    }

    public JsonElement IsOk()
    {
        Assert.True(Response.IsSuccessStatusCode, $"{Status}: {System.Text.Encoding.UTF8.GetString(Content)}");
        return Content.Length == 0 ? default : Body;
    }
}
