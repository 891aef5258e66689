using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace AkkaChat.Bench.Chat;

/// <summary>
/// The chat over HTTP, as an administrator: makes people and rooms before a run, and counts afterwards what was stored. The
/// people are guests, whose log-ins cost no password's hash; to a log-in, a room and a message that makes no difference.
/// </summary>
internal sealed class ChatSite : IDisposable
{
    private const int AtOnce = 16;
    private const string Cookie = "akkachat=";

    private readonly HttpClient _http;
    private readonly string _administrator;

    public ChatSite(int port)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/api/")),
        };
        _administrator = TokenOf(HttpMethod.Post, "register", new { name = "bench", password = "a password of the benchmark" });
    }

    public void Dispose() => _http.Dispose();

    /// <summary>So many people; a token for each.</summary>
    public IReadOnlyList<string> MakePeople(int count) =>
        InParallel(count, index => TokenOf(HttpMethod.Post, "guest", new { name = $"person {index:D5}" }));

    /// <summary>So many public rooms; their ids.</summary>
    public IReadOnlyList<string> MakeRooms(int count) => InParallel(count, index =>
    {
        using var answer = Send(HttpMethod.Post, "rooms/import", new
        {
            version = 1,
            room = new { kind = "public", name = $"room {index:D4}", topic = "", createdAt = 0 },
            people = Array.Empty<object>(),
            messages = Array.Empty<object>(),
        });
        using var json = JsonDocument.Parse(answer.Content.ReadAsStream());
        return json.RootElement.GetProperty("room").GetProperty("id").GetString()!;
    });

    /// <summary>How many messages are in each of the rooms' tables, notices aside.</summary>
    public IReadOnlyList<long> CountMessages(IReadOnlyList<string> rooms) => InParallel(rooms.Count, index =>
    {
        using var answer = Send(HttpMethod.Get, $"rooms/{rooms[index]}/export", null);
        using var json = JsonDocument.Parse(answer.Content.ReadAsStream());
        return json.RootElement.GetProperty("messages").EnumerateArray().LongCount(message => !IsNotice(message));
    });

    private static bool IsNotice(JsonElement message) =>
        message.TryGetProperty("notice", out var notice) && notice.ValueKind != JsonValueKind.Null;

    private static T[] InParallel<T>(int count, Func<int, T> make)
    {
        var made = new T[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, index => made[index] = make(index));
        return made;
    }

    private string TokenOf(HttpMethod method, string path, object body)
    {
        using var answer = Send(method, path, body);
        var cookie = answer.Headers.GetValues("Set-Cookie").First(value => value.StartsWith(Cookie, StringComparison.Ordinal));
        return cookie[Cookie.Length..cookie.IndexOf(';', StringComparison.Ordinal)];
    }

    private HttpResponseMessage Send(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (_administrator is not null && !path.StartsWith("guest", StringComparison.Ordinal))
        {
            request.Headers.Add("Cookie", Cookie + _administrator);
            request.Headers.Add("X-AkkaChat", "1");
        }

        var answer = _http.Send(request);
        if (!answer.IsSuccessStatusCode)
        {
            using var text = new StreamReader(answer.Content.ReadAsStream());
            throw new BenchException($"the chat refused {path}: {(int)answer.StatusCode} {text.ReadToEnd()}");
        }

        return answer;
    }
}
