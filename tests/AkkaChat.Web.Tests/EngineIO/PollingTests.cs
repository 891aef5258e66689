using System.Net;
using System.Text;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace AkkaChat.Web.Tests.EngineIO;

public sealed class PollingTests
{
    private const char Separator = '\u001e';

    [Fact]
    public async Task Opening_a_session_tells_its_id_and_the_servers_terms()
    {
        await using var server = await TestServer.StartAsync(options: options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(12_345);
            options.PingTimeout = TimeSpan.FromMilliseconds(678);
            options.MaxPayload = 4321;
        });
        var client = await server.OpenPollingAsync(TestServer.Echo);

        Assert.Equal(
            ["sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"],
            client.Opened.EnumerateObject().Select(member => member.Name));
        Assert.True(client.Sid.Length >= 20);
        Assert.Equal("""["websocket"]""", client.Opened.GetProperty("upgrades").GetRawText());
        Assert.Equal(12_345, client.Opened.GetProperty("pingInterval").GetInt32());
        Assert.Equal(678, client.Opened.GetProperty("pingTimeout").GetInt32());
        Assert.Equal(4321, client.Opened.GetProperty("maxPayload").GetInt32());
    }

    [Fact]
    public async Task Every_session_has_another_id_which_is_not_its_sockets_id()
    {
        await using var server = await TestServer.StartAsync();
        var one = await server.OpenPollingAsync();
        var other = await server.OpenPollingAsync();

        Assert.NotEqual(one.Sid, other.Sid);
        Assert.NotEqual(one.Sid, await one.JoinAsync());
    }

    [Fact]
    public async Task A_message_is_taken_with_ok_and_comes_back_as_plain_text()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        using var posted = await client.PostAsync("4hello €");
        Assert.Equal("ok", await posted.Content.ReadAsStringAsync());
        Assert.Equal("text/html", posted.Content.Headers.ContentType?.MediaType);

        using var polled = await client.PollAsync();
        Assert.Equal("4hello €", await polled.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", polled.Content.Headers.ContentType?.MediaType);
        Assert.True(polled.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Packets_of_one_body_keep_their_order_whatever_their_kind()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await client.SendAsync("4one", "bAQIDBA==", "4", "b", "4four");
        await client.ExpectAsync("4one");
        await client.ExpectBinaryAsync([1, 2, 3, 4]);
        await client.ExpectAsync("4");
        await client.ExpectBinaryAsync(Array.Empty<byte>());
        await client.ExpectAsync("4four");
    }

    [Fact]
    public async Task All_that_waits_comes_in_one_answer()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await client.SendAsync("4a", "4b");
        await client.SendAsync("bBQ==");
        await HttpAssert.IsPayloadAsync($"4a{Separator}4b{Separator}bBQ==", await client.PollAsync());
    }

    [Fact]
    public async Task More_packets_than_a_count_limit_would_allow_all_arrive()
    {
        var packets = Enumerable.Range(0, 1000).Select(number => $"4{number}").ToArray();
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await client.SendAsync(packets);
        await client.ExpectAsync(packets);
    }

    [Fact]
    public async Task A_poll_waits_until_there_is_something()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        var socket = await server.EngineSockets.NextAsync();

        var poll = client.PollAsync();
        socket.Send("news");
        await HttpAssert.IsPayloadAsync("4news", await poll);
    }

    [Fact]
    public async Task Of_two_polls_at_once_the_second_is_refused_and_ends_the_session()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        var answers = await Task.WhenAll(client.PollAsync(), client.PollAsync());
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.BadRequest);
        Assert.Equal("transport error", await server.EngineCloseReasons.NextAsync());
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
    }

    [Fact]
    public async Task Of_two_posts_at_once_the_second_is_refused_and_ends_the_session()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await using var slow = await BeginPostAsync(server, client, "Content-Length: 100", "4slow");

        await HttpAssert.IsBadRequestAsync(await client.PostAsync("4quick"));
        Assert.Equal("transport error", await server.EngineCloseReasons.NextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_poll_that_its_client_breaks_off_ends_the_session(bool resets)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await using var connection = await RawFrames.ConnectAsync(server.Host);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {TestServer.Echo}?{client.Query} HTTP/1.1\r\nHost: {server.Host}\r\n\r\n"));
        if (resets)
        {
            connection.Reset();
        }

        await connection.DisposeAsync();
        Assert.Equal("transport close", await server.EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_post_that_its_client_breaks_off_ends_the_session_and_has_no_effect()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        var slow = await BeginPostAsync(server, client, "Content-Length: 100", "4half");
        slow.Reset();
        Assert.Equal("transport close", await server.EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_close_packet_ends_the_session_and_answers_the_waiting_poll()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        var poll = client.PollAsync();
        await client.SendAsync("1");
        using var answer = await poll;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("transport close", await server.EngineCloseReasons.NextAsync());
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
        await HttpAssert.IsUnknownSessionAsync(await client.PostAsync("4late"));
    }

    [Fact]
    public async Task What_stands_before_a_close_packet_still_counts()
    {
        var seen = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            use: app => app.MapEngineIO("/bare/", socket => socket.OnMessage(message => seen.Add(message.Text))));
        var client = await server.OpenPollingAsync("/bare/");

        await client.SendAsync("4last words", "1");
        Assert.Equal("last words", await seen.NextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("9")]
    [InlineData("abc")]
    [InlineData("4fine\u001e")]
    [InlineData("4fine\u001e\u001e4fine")]
    [InlineData("4fine\u001e7")]
    [InlineData("b!!!!")]
    [InlineData("bAQI")]
    [InlineData("bAQ ID\n")]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("2")]
    [InlineData("2probe")]
    public async Task A_body_that_is_no_payload_is_refused_and_ends_its_session_only(string body)
    {
        await using var server = await TestServer.StartAsync();
        var neighbour = await server.OpenPollingAsync(TestServer.Echo);
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await HttpAssert.IsBadRequestAsync(await client.PostAsync(body));
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
        await neighbour.SendAsync("4well?");
        await neighbour.ExpectAsync("4well?");
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await HttpAssert.IsBadRequestAsync(await client.PostAsync([(byte)'4', 0xC3, 0x28]));
        Assert.Equal("parse error", await server.EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_binary_body_is_answered_with_an_error_and_ends_the_session()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await HttpAssert.IsBadRequestAsync(await client.PostAsync([1, 2, 3], "application/octet-stream"));
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_exactly_max_payload_is_taken(bool isChunked)
    {
        var message = "4" + new string('x', 1999);
        await using var server = await TestServer.StartAsync(options: options => options.MaxPayload = 2000);
        var client = await server.OpenPollingAsync(TestServer.Echo);

        using var response = await PostAsync(client, message, isChunked);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await client.ExpectAsync(message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_one_byte_more_is_refused_and_ends_the_session(bool isChunked)
    {
        await using var server = await TestServer.StartAsync(options: options => options.MaxPayload = 2000);
        var client = await server.OpenPollingAsync(TestServer.Echo);

        using var response = await PostAsync(client, "4" + new string('x', 2000), isChunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("message too large", await server.EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_body_without_end_is_refused_as_soon_as_it_is_too_large()
    {
        await using var server = await TestServer.StartAsync(options: options => options.MaxPayload = 2000);
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await using var endless = await BeginPostAsync(
            server, client, "Transfer-Encoding: chunked", "3E8\r\n" + new string('4', 1000) + "\r\n");
        await endless.WriteAsync(Encoding.ASCII.GetBytes("7D0\r\n" + new string('4', 2000) + "\r\n"));
        Assert.StartsWith("HTTP/1.1 413", await endless.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PostAsync(PollingClient client, string body, bool isChunked) =>
        isChunked
            ? client.PostAsync(new StreamContent(new Unseekable(Encoding.UTF8.GetBytes(body))), "text/plain")
            : client.PostAsync(body);

    /// <summary>Sends the head of a POST, and the first part of its body once the server wants it.</summary>
    private static async Task<RawFrames> BeginPostAsync(TestServer server, PollingClient client, string header, string part)
    {
        var connection = await RawFrames.RequestAsync(
            server.Host,
            $"POST {TestServer.Echo}?{client.Query} HTTP/1.1\r\nHost: {server.Host}\r\n"
            + $"Content-Type: text/plain\r\n{header}\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100", connection.ResponseHead, StringComparison.Ordinal);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(part));
        return connection;
    }

    /// <summary>Content whose length HttpClient cannot know, so that it sends chunks.</summary>
    private sealed class Unseekable(byte[] data) : MemoryStream(data)
    {
        public override bool CanSeek => false;
    }
}
