using System.Net;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.EngineIO;

public sealed class CorsTests
{
    private const string Evil = "https://evil.example";
    private const string Opening = "EIO=4&transport=polling";

    [Fact]
    public async Task By_default_a_page_of_another_origin_may_neither_poll_nor_open_a_websocket()
    {
        await using var server = await StartAsync();

        var response = await GetAsync(server, Evil);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        await HttpAssert.IsErrorAsync(4, "Forbidden", response, 403);
        Assert.StartsWith("HTTP/1.1 403", await UpgradeAsync(server, Evil, "Cookie: session=1"), StringComparison.Ordinal);
        Assert.Equal(0, server.SessionCount);
    }

    [Fact]
    public async Task By_default_the_servers_own_pages_and_programs_may_connect()
    {
        await using var server = await StartAsync();

        using var own = await GetAsync(server, "http://" + server.Host);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var program = await server.Visitor().RequestAsync(HttpMethod.Get, Opening);
        Assert.Equal(HttpStatusCode.OK, program.StatusCode);
        Assert.StartsWith("HTTP/1.1 101", await UpgradeAsync(server, "http://" + server.Host), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https")]
    [InlineData("null")]
    [InlineData("port")]
    [InlineData("prefix")]
    public async Task What_only_resembles_the_own_origin_is_another(string difference)
    {
        await using var server = await StartAsync();
        var origin = difference switch
        {
            "https" => "https://" + server.Host,
            "port" => "http://127.0.0.1",
            "prefix" => "http://" + server.Host + ".evil.example",
            _ => "null",
        };

        using var response = await GetAsync(server, origin);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_session_can_only_be_continued_by_pages_that_might_have_opened_it()
    {
        await using var server = await StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        using var poll = await client.PollAsync(("Origin", Evil));
        Assert.Equal(HttpStatusCode.Forbidden, poll.StatusCode);
        await client.SendAsync("4still here");
        await client.ExpectAsync("4still here");
    }

    [Fact]
    public async Task A_listed_origin_is_named_in_every_answer_errors_too()
    {
        await using var server = await StartAsync("https://chat.example.com");

        foreach (var query in new[] { Opening, "EIO=4&transport=polling&sid=unknown" })
        {
            using var response = await GetAsync(server, "https://chat.example.com", query);
            Assert.Equal("https://chat.example.com", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Contains("Origin", response.Headers.Vary);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        }

        Assert.StartsWith("HTTP/1.1 101", await UpgradeAsync(server, "https://chat.example.com"), StringComparison.Ordinal);
        using var evil = await GetAsync(server, Evil);
        Assert.Equal(HttpStatusCode.Forbidden, evil.StatusCode);
    }

    [Theory]
    [InlineData("https://a.example.com", true)]
    [InlineData("https://A.Example.COM", true)]
    [InlineData("https://example.com", false)]
    [InlineData("https://evilexample.com", false)]
    [InlineData("https://a.b.example.com", false)]
    [InlineData("https://.example.com", false)]
    [InlineData("https://a.example.com.evil.example", false)]
    [InlineData("https://a.example.com:444", false)]
    [InlineData("http://a.example.com", false)]
    [InlineData("https://user@a.example.com", false)]
    [InlineData("https://evil.example/.example.com", false)]
    public async Task A_star_stands_for_one_label(string origin, bool isAllowed)
    {
        await using var server = await StartAsync("https://*.example.com");

        using var response = await GetAsync(server, origin);
        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_star_alone_stands_for_any_origin()
    {
        await using var server = await StartAsync("*");

        using var response = await GetAsync(server, Evil);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.StartsWith("HTTP/1.1 101", await UpgradeAsync(server, Evil), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_may_ask_before_a_listed_origin_posts()
    {
        await using var server = await StartAsync("https://chat.example.com");

        using var response = await AskAsync(server, "https://chat.example.com");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("https://chat.example.com", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("POST", response.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Equal("x-token", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        using var evil = await AskAsync(server, Evil);
        Assert.Equal(HttpStatusCode.Forbidden, evil.StatusCode);
    }

    [Fact]
    public async Task Cookies_are_allowed_only_where_the_settings_say_so()
    {
        await using var server = await TestServer.StartAsync(options: options =>
        {
            options.Origins = ["https://chat.example.com"];
            options.AllowCredentials = true;
        });

        using var response = await GetAsync(server, "https://chat.example.com");
        Assert.Equal("true", response.Headers.GetValues("Access-Control-Allow-Credentials").Single());
    }

    [Fact]
    public async Task Cookies_from_any_origin_at_all_are_refused_at_the_start()
    {
        var exception = await Assert.ThrowsAsync<AkkaChatConfigurationException>(() => TestServer.StartAsync(options: options =>
        {
            options.Origins = ["*"];
            options.AllowCredentials = true;
        }));
        Assert.Contains("akkachat.cors.credentials", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat.example.com")]
    [InlineData("*.example.com")]
    [InlineData("https://chat.example.com/")]
    [InlineData("https://chat.example.com/page")]
    [InlineData("")]
    public async Task What_is_no_origin_is_refused_at_the_start(string origin)
    {
        var exception = await Assert.ThrowsAsync<AkkaChatConfigurationException>(() => StartAsync(origin));
        Assert.Contains($"akkachat.cors.origins = '{origin}'", exception.Message, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(params string[] origins) =>
        TestServer.StartAsync(options: options => options.Origins = origins);

    private static Task<HttpResponseMessage> GetAsync(TestServer server, string origin, string query = Opening) =>
        server.Visitor().RequestAsync(HttpMethod.Get, query, null, ("Origin", origin));

    private static Task<HttpResponseMessage> AskAsync(TestServer server, string origin) => server.Visitor().RequestAsync(
        HttpMethod.Options,
        Opening,
        null,
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "x-token"));

    private static async Task<string> UpgradeAsync(TestServer server, string origin, params string[] headers)
    {
        await using var connection = await RawFrames.RequestAsync(server.Host, RawFrames.UpgradeRequest(
            server.Host, "/socket.io/?EIO=4&transport=websocket", ["Origin: " + origin, .. headers]));
        return connection.ResponseHead;
    }
}
