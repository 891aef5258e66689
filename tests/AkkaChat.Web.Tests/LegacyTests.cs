using System.Text.Json;

namespace AkkaChat.Web.Tests;

/// <summary>Engine.IO 3 and Socket.IO 2 clients over real connections (allow-eio3).</summary>
public class LegacyTests
{
    private static readonly byte[] Bytes = [1, 2, 3, 4];

    [Fact]
    public async Task They_are_refused_unless_allowed()
    {
        await using var server = await LegacyServer.StartAsync(_ => { }, Map);

        var (status, body) = await server.GetAsync("EIO=3&transport=polling");

        Assert.Equal(400, status);
        Assert.Equal("""{"code":5,"message":"Unsupported protocol version"}""", body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EIO=2&")]
    [InlineData("EIO=5&")]
    [InlineData("EIO=3&EIO=4&")]
    public async Task No_other_version_is_let_in_by_the_option(string version)
    {
        await using var server = await StartAsync();

        Assert.Equal(400, (await server.GetAsync(version + "transport=polling")).Status);
    }

    [Fact]
    public async Task Msgpack_and_Engine_IO_3_together_stop_the_start()
    {
        var failure = await Assert.ThrowsAsync<AkkaChatConfigurationException>(() => LegacyServer.StartAsync(
            options => (options.AllowEio3, options.Parser) = (true, "msgpack"), Map));

        Assert.Contains("allow-eio3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_polling_client_is_in_the_main_namespace_at_once_and_talks_in_payloads_of_its_kind()
    {
        await using var server = await StartAsync();
        var query = await OpenAsync(server, "&b64=1");

        Assert.Equal(200, await server.PostAsync(query, Payload("420[\"echo\",\"€😀\",1]")));
        Assert.Equal(Payload("430[\"€😀\",1]"), (await server.GetAsync(query)).Body);
        Assert.Equal(200, await server.PostAsync(query, "1:2"));
        Assert.Equal("1:3", (await server.GetAsync(query)).Body);
    }

    [Fact]
    public async Task Binary_goes_as_base64_to_a_polling_client_that_asks_for_it()
    {
        await using var server = await StartAsync();
        var query = await OpenAsync(server, "&b64=1");

        await server.PostAsync(query, Payload("""451-1["echo",{"_placeholder":true,"num":0}]""", "b4AQIDBA=="));

        Assert.Equal(Payload("""461-1[{"_placeholder":true,"num":0}]""", "b4AQIDBA=="), (await server.GetAsync(query)).Body);
    }

    [Fact]
    public async Task Binary_goes_as_bytes_both_ways_for_one_that_takes_them()
    {
        await using var server = await StartAsync();
        var query = await OpenAsync(server);
        var text = """451-1["echo",{"_placeholder":true,"num":0}]"""u8.ToArray();
        byte[] body = [0, (byte)(text.Length / 10), (byte)(text.Length % 10), 0xff, .. text, 1, 5, 0xff, 4, .. Bytes];

        Assert.Equal(200, await server.PostAsync(query, body, "application/octet-stream"));
        var (type, hex) = await server.GetBytesAsync(query);

        Assert.Equal("application/octet-stream", type);
        Assert.EndsWith("0105ff0401020304", hex, StringComparison.Ordinal);
        Assert.StartsWith("00", hex, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_todays_clients_in_a_POST_are_still_refused()
    {
        await using var server = await StartAsync();
        var (_, body) = await server.GetAsync("EIO=4&transport=polling");
        var sid = JsonDocument.Parse(body[1..]).RootElement.GetProperty("sid").GetString();

        Assert.Equal(400, await server.PostAsync($"EIO=4&transport=polling&sid={sid}", [.. "40"u8], "application/octet-stream"));
    }

    [Fact]
    public async Task A_WebSocket_client_pings_and_gets_pongs_and_binary_has_its_type_before_it()
    {
        await using var server = await StartAsync();
        using var client = await server.ConnectAsync("EIO=3");
        Assert.StartsWith("0{\"sid\":", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("40", await client.NextAsync());

        await client.SendAsync("2");
        Assert.Equal("3", await client.NextAsync());
        await client.SendAsync("""451-1["echo",{"_placeholder":true,"num":0}]""", "hex:0401020304");
        Assert.Equal(["""461-1[{"_placeholder":true,"num":0}]""", "hex:0401020304"], await client.NextAsync(2));
        await client.SendAsync("""451-1["echo",{"_placeholder":true,"num":0}]""", "b4AQIDBA==");
        Assert.Equal(["""461-1[{"_placeholder":true,"num":0}]""", "hex:0401020304"], await client.NextAsync(2));
    }

    [Fact]
    public async Task A_WebSocket_client_that_takes_no_bytes_gets_base64()
    {
        await using var server = await StartAsync();
        using var client = await server.ConnectAsync("EIO=3&b64=1");
        await client.NextAsync(2);

        await client.SendAsync("""451-1["echo",{"_placeholder":true,"num":0}]""", "b4AQIDBA==");

        Assert.Equal(["""461-1[{"_placeholder":true,"num":0}]""", "b4AQIDBA=="], await client.NextAsync(2));
    }

    [Theory]
    [InlineData("hex:01020304")]
    [InlineData("hex:")]
    [InlineData("3")]
    [InlineData("b5AQID")]
    public async Task What_breaks_the_rules_costs_the_connection(string message)
    {
        await using var server = await StartAsync();
        using var client = await server.ConnectAsync("EIO=3");
        await client.NextAsync(2);

        await client.SendAsync(message);

        Assert.StartsWith("closed", await client.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_pings_no_more_is_closed_and_never_pinged_itself()
    {
        await using var server = await StartAsync(options =>
            (options.PingInterval, options.PingTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500)));
        using var client = await server.ConnectAsync("EIO=3");
        await client.NextAsync(2);

        await client.SendAsync("2");

        Assert.Equal("3", await client.NextAsync());
        Assert.Equal("closed 1001", await client.NextAsync());
    }

    [Fact]
    public async Task A_namespace_takes_its_auth_from_the_query_and_refuses_with_data_or_message()
    {
        await using var server = await StartAsync();
        using var client = await server.ConnectAsync("EIO=3");
        await client.NextAsync(2);

        await client.SendAsync("40/guarded?token=1,");
        Assert.Equal("40/guarded,", await client.NextAsync());
        await client.SendAsync("42/guarded,7[\"auth\"]");
        Assert.Equal("""43/guarded,7[{"token":"1"}]""", await client.NextAsync());
        await client.SendAsync("40/no,");
        Assert.Equal("44/no,\"go away\"", await client.NextAsync());
        await client.SendAsync("40/data,");
        Assert.Equal("""44/data,{"code":7}""", await client.NextAsync());
        await client.SendAsync("40/none");
        Assert.Equal("44/none,\"Invalid namespace\"", await client.NextAsync());
    }

    [Fact]
    public async Task An_upgrade_goes_as_for_todays_clients()
    {
        await using var server = await StartAsync();
        var query = await OpenAsync(server);
        using var client = await server.ConnectAsync(query[query.IndexOf("sid=", StringComparison.Ordinal)..] + "&EIO=3");

        var poll = server.GetAsync(query);
        await client.SendAsync("2probe");
        Assert.Equal("3probe", await client.NextAsync());
        Assert.Equal("1:6", (await poll).Body);
        await client.SendAsync("5", """451-1["echo",{"_placeholder":true,"num":0}]""", "hex:0401020304");

        Assert.Equal(["""461-1[{"_placeholder":true,"num":0}]""", "hex:0401020304"], await client.NextAsync(2));
    }

    [Fact]
    public async Task One_broadcast_reaches_clients_of_both_kinds_each_in_its_form()
    {
        await using var server = await StartAsync();
        using var old = await server.ConnectAsync("EIO=3");
        using var today = await server.ConnectAsync("EIO=4");
        var polling = await OpenAsync(server, "&b64=1");
        await old.NextAsync(2);
        await today.NextAsync();
        await today.SendAsync("40");
        await today.NextAsync();

        await old.SendAsync("42[\"shout\"]");

        const string Text = """451-["heard",{"_placeholder":true,"num":0},"é"]""";
        Assert.Equal([Text, "hex:0401020304"], await old.NextAsync(2));
        Assert.Equal([Text, "hex:01020304"], await today.NextAsync(2));
        Assert.Equal(Payload(Text, "b4AQIDBA=="), (await server.GetAsync(polling)).Body);
    }

    private static Task<LegacyServer> StartAsync(Action<AkkaChatWebOptions>? configure = null) => LegacyServer.StartAsync(
        options =>
        {
            options.AllowEio3 = true;
            configure?.Invoke(options);
        },
        Map);

    private static void Map(IAkkaChat io)
    {
        io.On("echo", (EventArguments arguments) => arguments);
        io.On("shout", () => io.EmitAsync("heard", Bytes, "é"));
        var guarded = io.Of("/guarded");
        guarded.On("auth", (Socket socket) => socket.Handshake.Auth);
        io.Of("/no").OnConnect(() => Connect.Refuse("go away"));
        io.Of("/data").OnConnect(() => Connect.Refuse("go away", new { code = 7 }));
    }

    /// <summary>Opens a polling session and returns the query of its requests.</summary>
    private static async Task<string> OpenAsync(LegacyServer server, string more = "")
    {
        var (status, body) = await server.GetAsync("EIO=3&transport=polling" + more);
        Assert.Equal(200, status);
        var colon = body.IndexOf(':', StringComparison.Ordinal);
        var length = int.Parse(body[..colon], System.Globalization.CultureInfo.InvariantCulture);
        var open = body.Substring(colon + 1, length);
        Assert.Equal("2:40", body[(colon + 1 + length)..]);
        using var json = JsonDocument.Parse(open[1..]);
        return $"EIO=3&transport=polling&sid={json.RootElement.GetProperty("sid").GetString()}";
    }

    /// <summary>Each packet after its length in UTF-16 code units, as both sides write it.</summary>
    private static string Payload(params string[] packets) =>
        string.Concat(packets.Select(packet => $"{packet.Length}:{packet}"));
}
