namespace AkkaChat.Web.Tests;

/// <summary>Clients with socket.io-msgpack-parser over real connections (parser = msgpack), byte for byte.</summary>
public class MsgpackTests
{
    private const string Connect = "hex:83a47479706500a464617461d40000a36e7370a12f"; // {type: 0, data: undefined, nsp: "/"}
    private const string ConnectGuarded = "hex:83a47479706500a46461746181a5746f6b656ea131a36e7370a82f67756172646564";

    // {type: 2, data: ["echo", <01 02>, {c: <03>}], options: {}, id: 17, nsp: "/"}
    private const string Echo = "hex:85a47479706502a46461746193a46563686fc402010281a163c40103a76f7074696f6e7380a2696411a36e7370a12f";
    private const string EchoAck = "hex:84a47479706503a36e7370a12fa46461746192c402010281a163c40103a2696411";

    // {type: 2, data: ["shout"], nsp: "/"}, and what all get of it: {type: 2, nsp: "/", data: ["heard", <01 02>, "é"]}
    private const string Shout = "hex:83a47479706502a46461746191a573686f7574a36e7370a12f";
    private const string Heard = "hex:83a47479706502a36e7370a12fa46461746193a56865617264c4020102a2c3a9";

    [Fact]
    public async Task Events_acks_and_binary_go_in_one_message_each()
    {
        await using var server = await StartAsync();
        using var client = await JoinAsync(server);

        await client.SendAsync(Echo);

        Assert.Equal([EchoAck], await client.NextAsync(1));
    }

    [Fact]
    public async Task A_broadcast_is_the_same_message_for_all()
    {
        await using var server = await StartAsync();
        using var one = await JoinAsync(server);
        using var other = await JoinAsync(server);

        await one.SendAsync(Shout);

        Assert.Equal([Heard], await one.NextAsync(1));
        Assert.Equal([Heard], await other.NextAsync(1));
    }

    [Fact]
    public async Task Over_polling_the_message_is_base64()
    {
        await using var server = await StartAsync();
        var open = (await server.GetAsync("EIO=4&transport=polling")).Body;
        var sid = open.Split('"')[3];
        var query = $"EIO=4&transport=polling&sid={sid}";

        Assert.Equal(200, await server.PostAsync(query, Base64(Connect)));
        Assert.StartsWith("b", (await server.GetAsync(query)).Body, StringComparison.Ordinal);
        Assert.Equal(200, await server.PostAsync(query, Base64(Echo) + "\u001e" + Base64(Shout)));
        Assert.Contains(Base64(EchoAck), (await server.GetAsync(query)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_a_CONNECT_ERROR_and_auth_is_read()
    {
        await using var server = await StartAsync();
        using var client = await server.ConnectAsync("EIO=4");
        await client.NextAsync();

        await client.SendAsync(ConnectGuarded);
        Assert.Equal(
            "hex:" + Convert.ToHexStringLower(
                [.. Convert.FromHexString("83a47479706504a36e7370a82f67756172646564a46461746181a76d657373616765a1"), (byte)'1']),
            await client.NextAsync());
    }

    [Theory]
    [InlineData("40")] // a client with the default parser
    [InlineData("hex:c1")]
    [InlineData("hex:")]
    public async Task What_is_no_packet_costs_the_connection(string message)
    {
        await using var server = await StartAsync();
        using var client = await server.ConnectAsync("EIO=4");
        await client.NextAsync();

        await client.SendAsync(message);

        Assert.Equal("closed 1002", await client.NextAsync());
    }

    [Fact]
    public async Task V31_a_hundred_thousand_nested_arrays_cost_their_sender_the_connection_and_nobody_else()
    {
        await using var server = await StartAsync();
        using var other = await JoinAsync(server);
        using var client = await JoinAsync(server);
        var nested = string.Concat(Enumerable.Repeat("91", 100_000));

        await client.SendAsync($"hex:83a47479706502a36e7370a12fa464617461{nested}c0");

        Assert.Equal("closed 1002", (await client.NextAsync(1))[0]);
        await other.SendAsync(Echo);
        Assert.Equal([EchoAck], await other.NextAsync(1));
    }

    [Fact]
    public async Task Another_parser_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<AkkaChatConfigurationException>(() => LegacyServer.StartAsync(
            options => options.Parser = "xml", Map));

        Assert.Equal("akkachat.parser = 'xml' is not accepted. Accepted: one of json, msgpack.", failure.Message);
    }

    private static async Task<LegacyWebSocket> JoinAsync(LegacyServer server)
    {
        var client = await server.ConnectAsync("EIO=4");
        Assert.StartsWith("0{", await client.NextAsync(), StringComparison.Ordinal);
        await client.SendAsync(Connect);
        Assert.StartsWith("hex:83a47479706500a36e7370a12fa46461746181a3736964", (await client.NextAsync(1))[0], StringComparison.Ordinal);
        return client;
    }

    private static Task<LegacyServer> StartAsync() => LegacyServer.StartAsync(options => options.Parser = "msgpack", Map);

    private static void Map(IAkkaChat io)
    {
        io.On("echo", (EventArguments arguments) => arguments);
        io.On("shout", () => io.EmitAsync("heard", new byte[] { 1, 2 }, "é"));
        io.Of("/guarded").OnConnect((Handshake handshake) => Refuse(handshake));
    }

    private static AkkaChat.Connect Refuse(Handshake handshake) =>
        AkkaChat.Connect.Refuse(handshake.Auth.As<Dictionary<string, string>>()!["token"]);

    private static string Base64(string hex) => "b" + Convert.ToBase64String(Convert.FromHexString(hex[4..]));
}
