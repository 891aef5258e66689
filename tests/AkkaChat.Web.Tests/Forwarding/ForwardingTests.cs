using System.Net;
using System.Text;
using AkkaChat.Nodes;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>Polls and posts that come to another node than the one their session lives on.</summary>
public sealed class ForwardingTests
{
    [Fact]
    public async Task A_session_goes_on_at_another_node()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);

        await client.SendAsync("4hello €", "bAQID");
        await client.ExpectAsync("4hello €");
        await client.ExpectBinaryAsync([1, 2, 3]);
        Assert.Equal((1, 0), (nodes[0].SessionCount, nodes[1].SessionCount));
    }

    [Fact]
    public async Task Binary_attachments_arrive_whole()
    {
        var bytes = Enumerable.Range(0, 300_000).Select(number => (byte)number).ToArray();
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync();
        await using var client = opener.At(nodes[1].Host);
        await client.JoinAsync();

        await client.SendBinaryAsync("""451-["echo",{"_placeholder":true,"num":0}]""", bytes);
        await client.ExpectAsync("""451-["echo",{"_placeholder":true,"num":0}]""");
        await client.ExpectBinaryAsync(bytes);
    }

    [Theory]
    [InlineData("GET", "&transport=polling", null)]
    [InlineData("POST", "&transport=polling", "4x")]
    [InlineData("POST", "&transport=polling", "no packet")]
    [InlineData("POST", "&transport=polling", "")]
    [InlineData("GET", "&transport=websocket", null)]
    [InlineData("PUT", "&transport=polling", "4x")]
    [InlineData("DELETE", "&transport=polling", null)]
    [InlineData("OPTIONS", "&transport=polling", null)]
    [InlineData("GET", "&transport=pigeon", null)]
    [InlineData("GET", "", null)]
    public async Task The_answer_is_that_of_the_owner(string method, string query, string? body)
    {
        await using var nodes = await Nodes.StartAsync(2);
        var direct = await AnswerAsync(nodes[0], nodes[0], method, query, body);
        var forwarded = await AnswerAsync(nodes[0], nodes[1], method, query, body);

        Assert.Equal(direct, forwarded);
    }

    [Theory]
    [InlineData("https://a.example", HttpStatusCode.OK)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    public async Task Origins_are_judged_where_the_request_comes_in_and_with_the_same_result(string origin, HttpStatusCode status)
    {
        await using var nodes = await Nodes.StartAsync(2, options: options =>
        {
            options.Origins = ["https://a.example"];
            options.AllowCredentials = true;
        });
        (string, string)[] headers = [("Origin", origin), ("Accept-Encoding", "gzip")];
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        var seen = new List<string>();
        foreach (var at in new[] { opener, client })
        {
            await at.SendAsync("4" + new string('x', 2000));
            using var answer = await at.PollAsync(headers);
            Assert.Equal(status, answer.StatusCode);
            seen.Add(await DescribeAsync(answer));
        }

        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task A_body_at_the_limit_passes_and_one_over_it_ends_the_session_with_the_owners_413()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => options.MaxPayload = 1_000_000);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        var largest = "4" + new string('x', 999_999);

        await client.SendAsync(largest);
        await client.ExpectAsync(largest);
        using var refused = await client.PostAsync(largest + "x");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("message too large", await nodes[0].EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_body_without_end_is_refused_as_soon_as_it_is_over_the_limit()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => options.MaxPayload = 100_000);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = await RawFrames.ConnectAsync(nodes[1].Host);

        await client.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {TestServer.Echo}?{opener.Query} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (var chunk = 0; chunk < 11; chunk++)
        {
            await client.WriteAsync(Encoding.ASCII.GetBytes("2710\r\n" + new string('4', 10_000) + "\r\n"));
        }

        Assert.StartsWith("HTTP/1.1 413", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("message too large", await nodes[0].EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_body_that_is_none_gets_the_same_answer_as_from_the_owner()
    {
        await using var nodes = await Nodes.StartAsync(2);
        foreach (var node in nodes.All)
        {
            var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
            await using var client = await RawFrames.RequestAsync(
                node.Host,
                $"POST {TestServer.Echo}?{opener.Query} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n");

            Assert.StartsWith("HTTP/1.1 400", client.ResponseHead, StringComparison.Ordinal);
            Assert.Contains("Bad request", await client.ReadBodyAsync(), StringComparison.Ordinal);
            Assert.Equal("transport close", await nodes[0].EngineCloseReasons.NextAsync());
        }
    }

    [Fact]
    public async Task A_client_that_gives_a_poll_up_has_given_it_up_for_the_owner_too()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        await using var client = opener.At(nodes[1].Host);
        using var giveUp = new CancellationTokenSource();

        var poll = client.PollAsync(giveUp.Token);
        await Nodes.HasPollAsync(nodes[0], opener.Sid);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll).Soon();
        Assert.Equal("transport close", await nodes[0].EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_client_that_breaks_a_post_off_has_broken_it_off_for_the_owner_too()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        var client = await RawFrames.ConnectAsync(nodes[1].Host);

        await client.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {TestServer.Echo}?{opener.Query} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n4begun"));
        await Nodes.HasPostAsync(nodes[0], opener.Sid);
        client.Reset();

        Assert.Equal("transport close", await nodes[0].EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_poll_may_wait_for_longer_than_an_owner_may_be_silent()
    {
        await using var nodes = await Nodes.StartAsync(
            2, options: options => options.ClusterAnswerTimeout = TimeSpan.FromMilliseconds(400));
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        var socket = await nodes[0].EngineSockets.NextAsync();
        await using var client = opener.At(nodes[1].Host);
        var late = new TaskCompletionSource();
        await using var timer = new Timer(_ => late.SetResult(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        var poll = client.PollAsync();
        await late.Task;
        socket.Send("late");
        await HttpAssert.IsPayloadAsync("4late", await poll);
    }

    [Fact]
    public async Task A_session_of_a_node_that_nobody_knows_is_unknown()
    {
        await using var nodes = await Nodes.StartAsync(1);
        await using var stranger = await TestServer.StartAsync();
        var opener = await stranger.OpenPollingAsync();
        await using var client = opener.At(nodes[0].Host);

        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
    }

    [Fact]
    public async Task A_session_of_a_node_that_has_left_is_unknown_though_the_node_would_still_answer()
    {
        await using var nodes = await Nodes.StartAsync(2);
        var opener = await nodes[0].OpenPollingAsync();
        await using var client = opener.At(nodes[1].Host);

        nodes.Tell(nodes[0], new NodeLocation(NodePresence.Gone));
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
    }

    [Fact]
    public async Task A_session_that_the_owner_does_not_have_is_unknown()
    {
        await using var nodes = await Nodes.StartAsync(2);
        await using var client = nodes[1].Visitor();

        var sid = $"{Nodes.IncarnationOf(nodes[0])}~{new string('x', 22)}";
        await HttpAssert.IsUnknownSessionAsync(await client.RequestAsync(HttpMethod.Get, $"EIO=4&transport=polling&sid={sid}"));
    }

    [Fact]
    public async Task Two_nodes_that_take_each_other_for_the_owner_do_not_send_a_request_in_circles()
    {
        await using var nodes = await Nodes.StartAsync(3);
        var opener = await nodes[0].OpenPollingAsync();
        await using var client = opener.At(nodes[1].Host);

        nodes.Tell(nodes[0], NodeLocation.At(Nodes.InternalAddressOf(nodes[2])));
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
    }

    /// <summary>The answer to a request of a new session, as a text.</summary>
    private static async Task<string> AnswerAsync(TestServer owner, TestServer asked, string method, string query, string? body)
    {
        var opener = await owner.OpenPollingAsync(TestServer.Echo);
        (await owner.EngineSockets.NextAsync()).Send("waits");
        await using var client = opener.At(asked.Host);
        using var content = body is null ? null : new StringContent(body);
        using var answer = await client.RequestAsync(new HttpMethod(method), $"EIO=4&sid={opener.Sid}{query}", content);
        return await DescribeAsync(answer);
    }

    private static async Task<string> DescribeAsync(HttpResponseMessage answer)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not "Date")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.Ordinal);
        var body = Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync());
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{body}";
    }
}
