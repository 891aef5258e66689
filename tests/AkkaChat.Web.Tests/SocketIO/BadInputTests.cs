using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.SocketIO;

/// <summary>Input that breaks the protocol ends its own connection, over either transport, and nothing else.</summary>
public sealed class BadInputTests
{
    private static readonly Dictionary<string, string> Packets = new()
    {
        // Socket.IO packet types and payloads
        ["an empty packet"] = "4",
        ["an unknown type"] = "47",
        ["an unknown type with a payload"] = """49["echo",1]""",
        ["an event without payload"] = "42",
        ["an event that is not JSON"] = "42[echo]",
        ["an event that ends early"] = """42["echo",""",
        ["an event with something behind it"] = """42["echo"]]""",
        ["an event that is an object"] = """42{"a":1}""",
        ["an event that is a text"] = "42\"echo\"",
        ["an event without a name"] = "42[]",
        ["a name that is an object"] = """42[{"toString":"foo"}]""",
        ["a name that is an array"] = """42[["echo"]]""",
        ["a name that is null"] = "42[null]",
        ["a name that is true"] = "42[true,1]",
        ["an ack id that is no number"] = """42abc["echo"]""",
        ["an ack id below zero"] = """42-1["echo"]""",
        ["an ack id no number can hold"] = """42999999999999999999["a"]""",
        ["an ack without id"] = "43[1]",
        ["an ack that is not JSON"] = "430[1",
        ["an ack that is an object"] = """430{"a":1}""",
        ["a refusal by the client"] = """44{"message":"no"}""",
        ["a disconnect with payload"] = """41{"a":1}""",
        ["a connect that is not JSON"] = "40{token}",
        ["a connect that is an array"] = "40[1]",
        ["a connect that is a text"] = "40\"a\"",
        ["a second connect"] = "40",
        ["a text that no string can hold"] = """42["echo","\ud800"]""",
        // Names
        ["a reserved name: connect"] = """42["connect"]""",
        ["a reserved name: disconnect"] = """42["disconnect","x"]""",
        ["a reserved name: connect_error"] = """42["connect_error"]""",
        ["a reserved name: disconnecting"] = """42["disconnecting"]""",
        ["a reserved name: newListener"] = """42["newListener"]""",
        ["a reserved name: removeListener"] = """42["removeListener"]""",
        ["a reserved name with escapes"] = """42["\u0063onnect"]""",
        ["a name of a megabyte"] = $"42[\"{new string('n', 900_000)}\"]",
        ["a namespace of a megabyte"] = $"42/{new string('n', 900_000)},[\"echo\"]",
        ["a namespace to join of a megabyte"] = $"40/{new string('n', 900_000)},",
        ["an event in a namespace never joined"] = """42/other,["echo"]""",
        ["an ack in a namespace never joined"] = "43/other,1[]",
        ["a disconnect from a namespace never joined"] = "41/other,",
        // Depth and size
        ["arrays in arrays"] = $"42[\"echo\",{new string('[', 100_000)}",
        ["arrays in arrays that end"] = $"42[\"echo\",{new string('[', 1000)}{new string(']', 1000)}]",
        ["objects in the auth payload"] = $"40/deep,{string.Concat(Enumerable.Repeat("""{"a":""", 1000))}1{new string('}', 1000)}",
        // Binary headers
        ["a binary event without a count"] = """45["echo"]""",
        ["a binary event without a dash"] = """451["echo",{"_placeholder":true,"num":0}]""",
        ["a binary event with half a count"] = """45-["echo"]""",
        ["a binary ack without a count"] = "46[1]",
        ["more attachments than allowed"] = """4511-["echo"]""",
        ["attachments without end"] = """459999999999-["x",{"_placeholder":true,"num":0}]""",
        ["a count of many digits"] = $"45{new string('1', 500_000)}-[\"echo\"]",
        ["a placeholder that points nowhere"] = """450-["echo",{"_placeholder":true,"num":0}]""",
        ["a binary event in a namespace never joined"] = """451-/other,["echo",{"_placeholder":true,"num":0}]""",
        ["a binary message nobody announced"] = "bAQID",
        // Engine.IO beneath it
        ["an unknown Engine.IO type"] = "8",
        ["a ping of the client's own"] = "2",
        ["an upgrade that is none"] = "5",
    };

    /// <summary>Each over both transports, by its name: the packets themselves are too long for the name of a test.</summary>
    public static TheoryData<Transport, string> BadPackets
    {
        get
        {
            var data = new TheoryData<Transport, string>();
            foreach (var what in Packets.Keys)
            {
                data.Add(Transport.Polling, what);
                data.Add(Transport.WebSocket, what);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BadPackets))]
    public async Task It_ends_its_connection_soon_and_no_other(Transport transport, string what)
    {
        var packet = Packets[what];
        await using var server = await TestServer.StartAsync();
        var neighbour = await server.JoinAsync();
        var client = await server.OpenAsync(transport);
        await client.JoinAsync();

        if (packet[0] == 'b' && transport == Transport.WebSocket)
        {
            await client.SendBinaryAsync(null, Convert.FromBase64String(packet[1..]));
        }
        else
        {
            await client.TrySendAsync(packet);
        }

        await client.EndsSoonAsync();
        await neighbour.EchoesAsync(what);
    }

    [Theory]
    [InlineData("""451-["echo",{"_placeholder":true,"num":"splice"}]""")]
    [InlineData("""451-["echo",{"_placeholder":true,"num":-1}]""")]
    [InlineData("""451-["echo",{"_placeholder":true,"num":1}]""")]
    [InlineData("""451-["echo",{"_placeholder":true,"num":0.5}]""")]
    [InlineData("""451-["echo",{"_placeholder":true,"num":1e9}]""")]
    [InlineData("""451-["echo",{"_placeholder":true}]""")]
    [InlineData("""451-["echo",{"_placeholder":true,"num":0,"num":7}]""")]
    public async Task A_placeholder_that_points_at_no_attachment_ends_its_connection(string packet)
    {
        foreach (var transport in Enum.GetValues<Transport>())
        {
            await using var server = await TestServer.StartAsync();
            var neighbour = await server.JoinAsync();
            var client = await server.OpenAsync(transport);
            await client.JoinAsync();

            await client.TrySendAsync(packet, [1]);
            await client.EndsSoonAsync();
            await neighbour.EchoesAsync();
        }
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task A_text_where_an_attachment_belongs_ends_its_connection(Transport transport)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenAsync(transport);
        await client.JoinAsync();

        await client.TrySendAsync("""451-["echo",{"_placeholder":true,"num":0}]""");
        await client.TrySendAsync("""42["echo",1]""");
        await client.EndsSoonAsync();
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task One_attachment_too_many_ends_its_connection(Transport transport)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenAsync(transport);
        await client.JoinAsync();

        await client.TrySendAsync("""451-["echo",{"_placeholder":true,"num":0}]""", [1], [2]);
        await client.EndsSoonAsync();
    }

    [Theory]
    [InlineData("""42["echo"]""")]
    [InlineData("""451-["echo",{"_placeholder":true,"num":0}]""")]
    [InlineData("41")]
    [InlineData("430[]")]
    public async Task Who_has_joined_nothing_may_send_nothing(string packet)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync(packet);
        await client.EndsSoonAsync();
        Assert.Equal((1002, "parse error"), ((int?)client.CloseStatus, client.CloseDescription));
    }

    [Fact]
    public async Task Half_packets_of_clients_that_leave_remain_with_nobody()
    {
        await using var server = await TestServer.StartAsync();
        for (var round = 0; round < 50; round++)
        {
            await using var client = await RawWebSocket.OpenAsync(server.Host, "/socket.io/", "");
            await client.JoinAsync();
            await client.SendBinaryAsync("""452-["echo",{"_placeholder":true,"num":0}]""", new byte[1000]);
            client.Abort();
        }

        await (await server.JoinAsync()).EchoesAsync();
    }

    [Fact]
    public async Task All_namespaces_of_the_client_hear_why()
    {
        var reasons = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.OnDisconnect((string reason) => reasons.Add("/ " + reason));
            io.Of("/other").OnDisconnect((string reason) => reasons.Add("/other " + reason));
        });
        var client = await server.JoinAsync();
        await client.JoinAsync("/other");

        await client.SendAsync("42{}");
        Assert.Equal(["/ parse error", "/other parse error"], new[] { await reasons.NextAsync(), await reasons.NextAsync() }.Order());
    }

    [Fact]
    public async Task No_handler_runs_for_a_reserved_name()
    {
        var ran = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.OnConnect(() => ran.Add("connect"));
            io.OnDisconnect((string reason) => ran.Add(reason));
        });
        var client = await server.JoinAsync();

        await client.SendAsync("""42["disconnect","client chooses the reason"]""");
        await client.EndsSoonAsync();
        Assert.Equal(["connect", "parse error"], new[] { await ran.NextAsync(), await ran.NextAsync() });
    }
}
