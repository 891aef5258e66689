using System.Net;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.Tests.EngineIO;

/// <summary>Path, transports, cookie, and the application's say about who may connect.</summary>
public sealed class EndpointOptionsTests
{
    private const string Opening = "EIO=4&transport=polling";

    [Theory]
    [InlineData("/chat/io/")]
    [InlineData("/chat/io")]
    public async Task The_path_is_the_applications_choice(string path)
    {
        await using var server = await TestServer.StartAsync(options: options => options.Path = path);

        await (await server.OpenPollingAsync("/chat/io/")).JoinAsync();
        await (await server.OpenWebSocketAsync("/chat/io/")).JoinAsync();
        await (await server.OpenPollingAsync("/chat/io")).JoinAsync();
        using var response = await server.Visitor("/socket.io/").RequestAsync(HttpMethod.Get, Opening);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Where_polling_is_off_only_websockets_connect()
    {
        await using var server = await TestServer.StartAsync(options: options => options.Transports = ["websocket"]);

        await HttpAssert.IsErrorAsync(0, "Transport unknown", await server.Visitor().RequestAsync(HttpMethod.Get, Opening));
        await (await server.JoinAsync()).EchoesAsync();
    }

    [Fact]
    public async Task Where_websocket_is_off_nobody_can_upgrade()
    {
        await using var server = await TestServer.StartAsync(options: options => options.Transports = ["polling"]);
        var client = await server.OpenPollingAsync();

        Assert.Equal("[]", client.Opened.GetProperty("upgrades").GetRawText());
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(client.OfferWebSocketAsync);
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => server.OpenWebSocketAsync());
        await client.JoinAsync();
    }

    [Fact]
    public async Task By_default_no_cookie_is_set()
    {
        await using var server = await TestServer.StartAsync();

        var client = await server.OpenPollingAsync();
        Assert.False(client.OpeningResponse!.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_cookie_comes_with_the_first_answer_only()
    {
        await using var server = await TestServer.StartAsync(settings: ("cookie.name", "io"));

        var client = await server.OpenPollingAsync(TestServer.Echo);
        var cookie = client.OpeningResponse!.Headers.GetValues("Set-Cookie").Single();
        Assert.Equal($"io={Uri.EscapeDataString(client.Sid)}; path=/; samesite=lax; httponly", cookie, ignoreCase: true);
        await client.SendAsync("4x");
        using var poll = await client.PollAsync();
        Assert.False(poll.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_cookies_attributes_can_be_chosen()
    {
        await using var server = await TestServer.StartAsync(settings:
        [
            ("cookie.name", "sid"), ("cookie.path", "/socket.io/"), ("cookie.http-only", "off"),
            ("cookie.same-site", "none"), ("cookie.secure", "on"),
        ]);

        var client = await server.OpenPollingAsync();
        var cookie = client.OpeningResponse!.Headers.GetValues("Set-Cookie").Single();
        Assert.Equal($"sid={Uri.EscapeDataString(client.Sid)}; path=/socket.io/; secure; samesite=none", cookie, ignoreCase: true);
    }

    [Theory]
    [InlineData("cookie.name", "io; Path=/")]
    [InlineData("cookie.name", "io\r\nX-Evil: 1")]
    [InlineData("cookie.path", "/;Secure")]
    [InlineData("cookie.same-site", "sometimes")]
    public async Task A_cookie_that_would_break_its_header_is_refused_at_the_start(string key, string value)
    {
        var exception = await Assert.ThrowsAsync<AkkaChatConfigurationException>(
            () => TestServer.StartAsync(settings: [("cookie.name", "io"), (key, value)]));
        Assert.Contains($"akkachat.{key} = '{value}'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EIO=4&transport=polling", false)]
    [InlineData("EIO=4&transport=websocket", true)]
    public async Task The_application_can_refuse_a_connection_with_a_reason(string query, bool isWebSocket)
    {
        await using var server = await TestServer.StartAsync(options: options => options.AllowRequest = Refuse);

        await using var connection = await RawFrames.RequestAsync(
            server.Host,
            isWebSocket
                ? RawFrames.UpgradeRequest(server.Host, "/socket.io/?" + query, "Connection: close")
                : $"GET /socket.io/?{query} HTTP/1.1\r\nHost: {server.Host}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 403", connection.ResponseHead, StringComparison.Ordinal);
        Assert.Contains("""{"code":4,"message":"not \u0022today\u0022"}""", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(0, server.SessionCount);

        static ValueTask<string?> Refuse(HttpContext context) => ValueTask.FromResult<string?>("not \"today\"");
    }

    [Fact]
    public async Task A_question_that_fails_refuses_and_tells_nothing()
    {
        await using var server = await TestServer.StartAsync(
            options: options => options.AllowRequest = _ => throw new InvalidOperationException("a secret"));

        await HttpAssert.IsErrorAsync(
            4, "Forbidden", await server.Visitor().RequestAsync(HttpMethod.Get, Opening), 403);
    }

    [Fact]
    public async Task Only_the_opening_request_is_asked_about()
    {
        var asked = new Recorder<string>();
        await using var server = await TestServer.StartAsync(options: options => options.AllowRequest = context =>
        {
            asked.Add(context.Request.Query["token"].ToString());
            return ValueTask.FromResult<string?>(null);
        });
        var client = await server.OpenPollingAsync(TestServer.Echo, "&token=t");

        await client.SendAsync("4x");
        await client.ExpectAsync("4x");
        await using var socket = await client.UpgradeAsync();
        await socket.SendAsync("4y");
        await socket.ExpectAsync("4y");
        Assert.Equal(["t"], asked.TakeAll());
    }
}
