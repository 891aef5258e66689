using System.Net.Http.Json;

namespace AkkaChat.Host.Tests.Support;

/// <summary>A browser: it keeps the cookie, and its page sends the header that a form can't; or a program with a token.</summary>
internal sealed class Visitor(HttpClient http)
{
    /// <summary>The cookie's value; null without.</summary>
    public string? Cookie { get; set; }

    public string? Token { get; init; }

    /// <summary>Whether requests carry the header that pages of other sites can't send.</summary>
    public bool IsOwnPage { get; set; } = true;

    public string Id { get; private set; } = "";

    /// <summary>What a socket of the same browser sends.</summary>
    public Dictionary<string, string> Headers => Token is null
        ? new() { ["Cookie"] = $"akkachat={Cookie}" }
        : new() { ["Authorization"] = $"Bearer {Token}" };

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, path));

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = body is null ? null : JsonContent.Create(body),
    });

    public Task<Answer> UploadAsync(string name, byte[] content) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"/api/uploads?name={Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(content) });

    public async Task<Answer> EnterAsync(string path, object body)
    {
        var answer = await PostAsync(path, body);
        Id = answer.IsOk().GetProperty("me").GetProperty("id").GetString()!;
        return answer;
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        if (Token is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {Token}");
        }

        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", $"akkachat={Cookie}");
        }

        if (IsOwnPage)
        {
            request.Headers.Add("X-AkkaChat", "1");
        }

        var answer = await Answer.ReadAsync(await http.SendAsync(request));
        Keep(answer.Cookie);
        return answer;
    }

    private void Keep(string cookie)
    {
        if (cookie.Length > 0)
        {
            var value = cookie.Split(';')[0]["akkachat=".Length..];
            Cookie = value.Length == 0 ? null : value;
        }
    }
}
