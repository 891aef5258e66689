using System.Text;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.EngineIO;

public sealed class WebSocketTests
{
    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task Text_and_binary_messages_come_back_in_order(string bridge)
    {
        await using var server = await StartAsync(bridge);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await client.SendAsync("4one €", "4");
        await client.SendBinaryAsync(null, [1, 2, 3], []);
        await client.SendAsync("4two");
        await client.ExpectAsync("4one €", "4");
        await client.ExpectBinaryAsync([1, 2, 3], []);
        await client.ExpectAsync("4two");
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_session_opened_by_websocket_offers_no_upgrade(string bridge)
    {
        await using var server = await StartAsync(bridge);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        Assert.Equal("[]", client.Opened.GetProperty("upgrades").GetRawText());
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_message_in_many_frames_is_one_message(string bridge)
    {
        await using var server = await StartAsync(bridge);
        await using var client = await RawFrames.OpenAsync(server.Host);

        await client.SendAsync(RawFrames.Text, "4a");
        for (var part = 0; part < 100; part++)
        {
            await client.SendAsync(RawFrames.Continuation, new string('b', part));
        }

        await client.SendAsync(RawFrames.PingFrame | RawFrames.Final, "between");
        await client.SendAsync(RawFrames.Continuation | RawFrames.Final, "c");
        Assert.Equal((RawFrames.PongFrame, "between"), AsText(await client.ReadAsync()));
        Assert.Equal((RawFrames.Text, "4a" + new string('b', 4950) + "c"), AsText(await client.ReadAsync()));
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_message_of_exactly_max_payload_is_taken_and_one_byte_more_is_not(string bridge)
    {
        var message = "4" + new string('x', 29_999);
        await using var server = await StartAsync(bridge, options => options.MaxPayload = 30_000);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await client.SendAsync(message);
        await client.ExpectAsync(message);
        await client.TrySendAsync(message + "x");
        Assert.Equal(1009, await client.CloseCodeAsync());
        Assert.Equal("message too large", client.CloseDescription);
        Assert.Equal("message too large", await server.EngineCloseReasons.NextAsync());
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_binary_message_has_the_same_limit(string bridge)
    {
        await using var server = await StartAsync(bridge, options => options.MaxPayload = 2000);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await client.SendBinaryAsync(null, new byte[2000]);
        await client.ExpectBinaryAsync(new byte[2000]);
        await client.TrySendAsync("4", new byte[2001]);
        Assert.Equal(1009, await client.CloseCodeAsync());
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_message_that_promises_to_be_huge_is_not_waited_for(string bridge)
    {
        await using var server = await StartAsync(bridge, options => options.MaxPayload = 2000);
        await using var client = await RawFrames.OpenAsync(server.Host);

        var sent = bridge.EndsWith("by class", StringComparison.Ordinal) ? 8192 : 0; // our own reads no more than the header
        await client.WriteAsync(RawFrames.Frame(
            RawFrames.Text | RawFrames.Final, new byte[sent], isMasked: true, announcedLength: 256L << 20));
        Assert.Equal(1009, await client.CloseCodeAsync().WaitAsync(Limit.Punishment));
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_client_that_closes_is_answered_and_gone(string bridge)
    {
        await using var server = await StartAsync(bridge);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await client.CloseAsync();
        Assert.Equal(1000, (int?)client.CloseStatus);
        Assert.Equal("transport close", await server.EngineCloseReasons.NextAsync());
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_close_packet_closes_the_websocket(string bridge)
    {
        await using var server = await StartAsync(bridge);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await client.SendAsync("1");
        Assert.Equal(1000, await client.CloseCodeAsync());
        Assert.Equal("transport close", await server.EngineCloseReasons.NextAsync());
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task A_connection_that_breaks_is_noticed(string bridge)
    {
        await using var server = await StartAsync(bridge);
        var client = await RawFrames.OpenAsync(server.Host);

        client.Reset();
        Assert.Equal("transport close", await server.EngineCloseReasons.NextAsync());
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task What_was_sent_before_the_server_closes_still_arrives(string bridge)
    {
        var large = new string('x', 500_000);
        await using var server = await StartAsync(bridge);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);
        var socket = await server.EngineSockets.NextAsync();

        socket.Send(large);
        socket.Send("the last");
        socket.Close();
        socket.Send("too late");
        await client.ExpectAsync("4" + large, "4the last");
        Assert.Equal(1000, await client.CloseCodeAsync());
        Assert.Equal("forced server close", client.CloseDescription);
        Assert.Equal("forced server close", await server.EngineCloseReasons.NextAsync());
    }

    [Theory]
    [InlineData("", "parse error")]
    [InlineData("7", "parse error")]
    [InlineData("hello", "parse error")]
    [InlineData("0", "transport error")]
    [InlineData("2", "transport error")]
    [InlineData("2probe", "transport error")]
    [InlineData("5", "transport error")]
    public async Task A_packet_that_a_client_may_not_send_closes_its_websocket_only(string packet, string reason)
    {
        await using var server = await TestServer.StartAsync();
        var neighbour = await server.OpenWebSocketAsync(TestServer.Echo);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await client.SendAsync(packet);
        await client.EndsSoonAsync();
        Assert.Equal(1002, (int?)client.CloseStatus);
        Assert.Equal(reason, client.CloseDescription);
        Assert.Equal(reason, await server.EngineCloseReasons.NextAsync());
        await neighbour.SendAsync("4well?");
        await neighbour.ExpectAsync("4well?");
    }

    [Theory]
    [ClassData(typeof(Bridges))]
    public async Task Thousands_of_messages_keep_their_order(string bridge)
    {
        var messages = Enumerable.Range(0, 5000).Select(number => $"4{number}").ToArray();
        await using var server = await StartAsync(bridge);
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        var sending = client.SendAsync(messages);
        await client.ExpectAsync(messages);
        await sending;
    }

    [Fact]
    public async Task A_bridge_that_does_not_exist_is_refused_at_the_start()
    {
        var exception = await Assert.ThrowsAsync<AkkaChatConfigurationException>(
            () => TestServer.StartAsync(options: options => options.WebSocketBridge = "drawbridge"));
        Assert.Contains("akkachat.websocket-bridge = 'drawbridge'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_websockets_carry_the_same()
    {
        await using var server = await TestServer.StartAsync(options: options => options.WebSocketCompression = true);
        await using var client = await RawFrames.RequestAsync(server.Host, RawFrames.UpgradeRequest(
            server.Host, TestServer.Echo + "?EIO=4&transport=websocket", "Sec-WebSocket-Extensions: permessage-deflate"));

        Assert.Contains("permessage-deflate", client.ResponseHead, StringComparison.OrdinalIgnoreCase);
        await client.ReadAsync();
        await client.SendAsync(RawFrames.Text | RawFrames.Final, "4not compressed, which is allowed");
        Assert.Equal(RawFrames.Text, (await client.ReadAsync()).Opcode);
    }

    private static (int Opcode, string Text) AsText((int Opcode, byte[] Payload) frame) =>
        (frame.Opcode, Encoding.UTF8.GetString(frame.Payload));

    private static Task<TestServer> StartAsync(string bridge, Action<AkkaChatWebOptions>? more = null) =>
        TestServer.StartAsync(options: options =>
        {
            Bridges.Choose(options, bridge);
            more?.Invoke(options);
        });
}
