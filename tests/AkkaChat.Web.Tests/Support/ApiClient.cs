using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace AkkaChat.Web.Tests.Support;

/// <summary>An answer of the HTTP API.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string? Type, string Text)
{
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>It was carried out, and answered with this.</summary>
    public void Is(string json)
    {
        Assert.Equal(json, Text);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (Status, Type));
    }

    /// <summary>It was refused, and says where and why.</summary>
    public void IsProblem(int status, string? field, string words)
    {
        Assert.True((HttpStatusCode)status == Status && Type == "application/problem+json", $"{Status} {Type} {Text}");
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal(field, Json.TryGetProperty("field", out var value) ? value.GetString() : null);
        Assert.Contains(words, Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}

/// <summary>A program that uses the HTTP API.</summary>
internal sealed class ApiClient : IAsyncDisposable
{
    public const string Key = "a-key-of-the-tests-that-is-long-enough";
    public const string Path = "/akkachat/api/";

    private readonly HttpClient _http;

    public ApiClient(TestServer server, string? key = Key)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://{server.Host}{Path}") };
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>One with the key of the tests.</summary>
    public static ApiClient For(TestServer server) => new(server);

    /// <summary>A server with the API for the key of the tests.</summary>
    public static Task<TestServer> StartServerAsync(
        Action<IAkkaChat>? map = null,
        Action<AkkaChatWebOptions>? options = null,
        Action<WebApplicationBuilder>? build = null,
        params (string Key, string Value)[] settings) => TestServer.StartAsync(
            map,
            values =>
            {
                values.ApiKeys = [Key];
                options?.Invoke(values);
            },
            build,
            app => app.MapAkkaChatApi(),
            settings: settings);

    public Task<ApiAnswer> PostAsync(string command, string json) => PostAsync(command, Encoding.UTF8.GetBytes(json));

    public async Task<ApiAnswer> PostAsync(string command, byte[] body, string type = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await AnswerAsync(await _http.PostAsync(command, content).Soon());
    }

    public async Task<ApiAnswer> GetAsync(string question) => await AnswerAsync(await _http.GetAsync(question).Soon());

    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request) => await AnswerAsync(await _http.SendAsync(request).Soon());

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<ApiAnswer> AnswerAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, text);
        }
    }
}
