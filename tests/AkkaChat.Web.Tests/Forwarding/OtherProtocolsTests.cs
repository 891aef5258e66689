using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AkkaChat.Web.Tests.Forwarding;

/// <summary>Sessions that are not today's usual ones, by way of another node: of Engine.IO 3, and over HTTP/2.</summary>
public sealed partial class OtherProtocolsTests
{
    [Fact]
    public async Task A_legacy_session_over_polling_is_served_in_payloads_of_its_kind()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => options.AllowEio3 = true);
        await using var opener = nodes[0].Visitor();
        await using var elsewhere = nodes[1].Visitor();
        var query = await OpenAsync(opener);

        await PostAsync(elsewhere, query, Payload("420[\"echo\",\"€😀\",1]"));
        await HttpAssert.IsPayloadAsync(Payload("42[\"echo\",\"€😀\",1]") + Payload("430[]"), await elsewhere.RequestAsync(HttpMethod.Get, query));
        await PostAsync(elsewhere, query, "1:2");
        await HttpAssert.IsPayloadAsync("1:3", await elsewhere.RequestAsync(HttpMethod.Get, query));
    }

    [Fact]
    public async Task A_legacy_session_is_upgraded_by_way_of_another_node()
    {
        await using var nodes = await Nodes.StartAsync(2, options: options => options.AllowEio3 = true);
        await using var opener = nodes[0].Visitor();
        var query = (await OpenAsync(opener)).Replace("polling", "websocket", StringComparison.Ordinal);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{nodes[1].Host}/socket.io/?{query}"), CancellationToken.None).Soon();

        await SendAsync(socket, "2probe");
        Assert.Equal("3probe", await NextAsync(socket));
        await SendAsync(socket, "5");
        await SendAsync(socket, "2");
        Assert.Equal("3", await NextAsync(socket));
        await SendAsync(socket, "42[\"echo\",1]");
        Assert.Equal("42[\"echo\",1]", await NextAsync(socket));
    }

    [Fact]
    public async Task A_WebSocket_that_came_by_HTTP_2_goes_on_at_the_owner()
    {
        await using var nodes = await Nodes.StartAsync(1);
        var second = await nodes.AddAsync(build: TakesHttp2);
        var opener = await nodes[0].OpenPollingAsync(TestServer.Echo);
        using var handler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var address = new Uri($"ws://{second.Host}{TestServer.Echo}?EIO=4&transport=websocket&sid={opener.Sid}");
        await socket.ConnectAsync(address, invoker, CancellationToken.None).Soon();

        await SendAsync(socket, "2probe");
        Assert.Equal("3probe", await NextAsync(socket));
        await SendAsync(socket, "5");
        var large = "4" + new string('x', 200_000);
        await SendAsync(socket, large);
        Assert.Equal(large, await NextAsync(socket));

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).Soon();
        await Nodes.HandsNothingOnAsync(second);
        Assert.Equal("transport close", await nodes[0].EngineCloseReasons.NextAsync());
    }

    private static void TakesHttp2(WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(
        kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));

    /// <summary>The query of a new session over polling.</summary>
    private static async Task<string> OpenAsync(PollingClient client)
    {
        const string Query = "EIO=3&transport=polling&b64=1";
        using var response = await client.RequestAsync(HttpMethod.Get, Query);
        var body = await response.Content.ReadAsStringAsync();
        return $"{Query}&sid={Sid().Match(body).Groups[1].Value}";
    }

    private static async Task PostAsync(PollingClient client, string query, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var response = await client.RequestAsync(HttpMethod.Post, query, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Soon();

    private static async Task<string> NextAsync(ClientWebSocket socket)
    {
        var buffer = new byte[256 * 1024];
        var count = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(count), CancellationToken.None).AsTask().Soon();
            count += result.Count;
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, count);
            }
        }
    }

    private static string Payload(string packet) => $"{packet.Length}:{packet}";

    [GeneratedRegex("\"sid\":\"([^\"]+)\"")]
    private static partial Regex Sid();
}
