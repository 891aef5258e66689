using System.Net.WebSockets;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.EngineIO;

public sealed class HttpErrorTests
{
    [Theory]
    [InlineData("GET", "EIO=4", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=carrier-pigeon", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=__proto__", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=constructor", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=Polling", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=polling&transport=polling", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=polling&transport=websocket", 0, "Transport unknown")]
    [InlineData("POST", "EIO=4&transport=webtransport", 0, "Transport unknown")]
    [InlineData("GET", "EIO=4&transport=polling&sid=unknown", 1, "Session ID unknown")]
    [InlineData("GET", "EIO=4&transport=polling&sid=", 1, "Session ID unknown")]
    [InlineData("POST", "EIO=4&transport=polling&sid=unknown", 1, "Session ID unknown")]
    [InlineData("POST", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("PUT", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("DELETE", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("OPTIONS", "EIO=4&transport=polling", 2, "Bad handshake method")]
    [InlineData("GET", "EIO=4&transport=websocket", 3, "Bad request")]
    [InlineData("GET", "transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "EIO=&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "EIO=3&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "EIO=abc&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("GET", "EIO=4&EIO=4&transport=polling", 5, "Unsupported protocol version")]
    public async Task A_request_that_cannot_open_or_go_on_is_refused_by_the_table(
        string method, string query, int code, string message)
    {
        await using var server = await TestServer.StartAsync();

        var response = await server.Visitor().RequestAsync(new HttpMethod(method), query);
        await HttpAssert.IsErrorAsync(code, message, response);
        Assert.Equal(0, server.SessionCount);
    }

    [Theory]
    [InlineData("EIO=4&transport=__proto__", 0)]
    [InlineData("EIO=4&transport=constructor", 0)]
    [InlineData("EIO=4&transport=toString", 0)]
    [InlineData("EIO=4&transport=", 0)]
    [InlineData("EIO=4", 0)]
    [InlineData("EIO=4&transport=websocket&transport=websocket", 0)]
    [InlineData("EIO=4&transport=websocket&sid=unknown", 1)]
    [InlineData("EIO=4&transport=polling", 3)]
    [InlineData("transport=websocket", 5)]
    [InlineData("EIO=3&transport=websocket", 5)]
    [InlineData("EIO=abc&transport=websocket", 5)]
    public async Task A_websocket_request_that_makes_no_sense_is_refused_before_the_upgrade(string query, int code)
    {
        await using var server = await TestServer.StartAsync();

        await using var connection = await RawFrames.RequestAsync(
            server.Host, RawFrames.UpgradeRequest(server.Host, "/socket.io/?" + query, "Connection: close"));
        Assert.StartsWith("HTTP/1.1 400", connection.ResponseHead, StringComparison.Ordinal);
        Assert.Contains($$"""{"code":{{code}},""", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        await (await server.JoinAsync()).EchoesAsync();
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task Other_methods_within_a_session_are_refused_and_change_nothing(string method)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        using var response = await client.RequestAsync(new HttpMethod(method), client.Query);
        Assert.Equal(400, (int)response.StatusCode);
        await client.SendAsync("4still here");
        await client.ExpectAsync("4still here");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_polling_request_to_a_session_opened_by_websocket_is_refused_and_changes_nothing(string method)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        using var body = method == "POST" ? new StringContent("4intruder") : null;
        await HttpAssert.IsBadRequestAsync(await server.Visitor(TestServer.Echo).RequestAsync(
            new HttpMethod(method), "EIO=4&transport=polling&sid=" + client.Sid, body));
        await client.SendAsync("4still here");
        await client.ExpectAsync("4still here");
    }

    [Fact]
    public async Task A_websocket_transport_without_a_websocket_is_refused_and_changes_nothing()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        await HttpAssert.IsBadRequestAsync(
            await client.RequestAsync(HttpMethod.Get, "EIO=4&transport=websocket&sid=" + client.Sid));
        await client.SendAsync("4still here");
        await client.ExpectAsync("4still here");
    }

    [Fact]
    public async Task Broken_off_upgrade_requests_leave_nothing_behind()
    {
        await using var server = await TestServer.StartAsync();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await using var connection = await RawFrames.ConnectAsync(server.Host);
            var target = attempt % 2 == 0 ? "EIO=4&transport=websocket&sid=unknown" : "EIO=4&transport=__proto__";
            await connection.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                RawFrames.UpgradeRequest(server.Host, "/socket.io/?" + target)));
            connection.Reset();
        }

        await (await server.JoinAsync()).EchoesAsync();
        Assert.Equal(1, server.SessionCount);
    }

    [Fact]
    public async Task Senseless_subprotocols_and_extensions_are_ignored_in_no_time()
    {
        await using var server = await TestServer.StartAsync();
        string[] headers =
        [
            "Sec-WebSocket-Protocol: b" + new string(' ', 20_000) + "x",
            "Sec-WebSocket-Extensions: constructor; a=; ;;, permessage-deflate; server_max_window_bits=999",
        ];
        foreach (var header in headers)
        {
            await using var connection = await RawFrames.RequestAsync(
                server.Host,
                RawFrames.UpgradeRequest(server.Host, TestServer.Echo + "?EIO=4&transport=websocket", header))
                .WaitAsync(Limit.Punishment);
            Assert.Matches("^HTTP/1.1 (101|400|431)", connection.ResponseHead);
        }

        await (await server.JoinAsync()).EchoesAsync();
    }

    [Fact]
    public async Task More_headers_than_the_server_takes_end_their_request_only()
    {
        await using var server = await TestServer.StartAsync();
        var headers = Enumerable.Range(0, 2000).Select(number => $"x-{number}: y").ToArray();

        await using var connection = await RawFrames.RequestAsync(
            server.Host, RawFrames.UpgradeRequest(server.Host, "/socket.io/?EIO=4&transport=websocket", headers));
        Assert.StartsWith("HTTP/1.1 431", connection.ResponseHead, StringComparison.Ordinal);
        await (await server.JoinAsync()).EchoesAsync();
    }

    [Fact]
    public async Task A_refused_websocket_is_an_exception_for_its_client()
    {
        await using var server = await TestServer.StartAsync();

        await Assert.ThrowsAsync<WebSocketException>(
            () => RawWebSocket.ConnectAsync(server.Host, "/socket.io/", "&sid=unknown"));
    }
}
