using System.Net;

namespace AkkaChat.Web.Tests.Support;

/// <summary>What an HTTP answer must be.</summary>
internal static class HttpAssert
{
    /// <summary>An error of Engine.IO's table, as JSON.</summary>
    public static async Task IsErrorAsync(int code, string message, HttpResponseMessage response, int status = 400)
    {
        Assert.Equal($$"""{"code":{{code}},"message":"{{message}}"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        response.Dispose();
    }

    public static Task IsBadRequestAsync(HttpResponseMessage response) => IsErrorAsync(3, "Bad request", response);

    public static Task IsUnknownSessionAsync(HttpResponseMessage response) =>
        IsErrorAsync(1, "Session ID unknown", response);

    /// <summary>An answer to a poll that holds exactly this.</summary>
    public static async Task IsPayloadAsync(string payload, HttpResponseMessage response)
    {
        Assert.Equal(payload, await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        response.Dispose();
    }
}
