using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.SocketIO;

public sealed class BinaryTests
{
    private static readonly byte[] A = [1, 2, 3];
    private static readonly byte[] B = [];
    private static readonly byte[] C = [0, 255, 0x1e, 10];

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task Binary_at_any_depth_comes_back_in_its_place(Transport transport)
    {
        const string Arguments =
            """{"_placeholder":true,"num":0},"x",{"a":[{"_placeholder":true,"num":1}],"b":{"c":{"_placeholder":true,"num":2}}}""";
        await using var server = await TestServer.StartAsync(io => io.On("ack", (EventArguments all) => all));
        var client = await server.OpenAsync(transport);
        await client.JoinAsync();

        await client.SendBinaryAsync($"""453-["echo",{Arguments}]""", A, B, C);
        await client.ExpectAsync($"""453-["echo",{Arguments}]""");
        await client.ExpectBinaryAsync(A, B, C);
        await client.SendBinaryAsync($"""453-12["ack",{Arguments}]""", A, B, C);
        await client.ExpectAsync($"""463-12[{Arguments}]""");
        await client.ExpectBinaryAsync(A, B, C);
    }

    [Fact]
    public async Task Placeholders_may_stand_in_any_order_and_more_than_once()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.JoinAsync();

        await client.SendBinaryAsync(
            """452-["echo",{"num":1,"_placeholder":true},{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""", A, C);
        await client.ExpectAsync(
            """453-["echo",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1},{"_placeholder":true,"num":2}]""");
        await client.ExpectBinaryAsync(C, A, C);
    }

    [Fact]
    public async Task A_binary_packet_without_attachments_is_fine()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.JoinAsync();

        await client.SendAsync("""450-["echo",1]""");
        await client.ExpectAsync("""42["echo",1]""");
    }

    [Fact]
    public async Task Handlers_take_binary_as_bytes()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("array", (byte[] bytes) => bytes.Length)
            .On("memory", (ReadOnlyMemory<byte> bytes, EventArgument raw) => (bytes.Length, raw.IsBinary, raw.AsBytes().Length))
            .On("inside", (Envelope envelope) => new Envelope(envelope.Name + "!", [.. envelope.Data, 9])));
        var client = await server.JoinAsync();

        await client.SendBinaryAsync("""451-0["array",{"_placeholder":true,"num":0}]""", A);
        await client.ExpectAsync("430[3]");
        await client.SendBinaryAsync("""452-1["memory",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]""", A, C);
        await client.ExpectAsync("431[4,true,3]");
        await client.SendBinaryAsync("""451-2["inside",{"name":"n","data":{"_placeholder":true,"num":0}}]""", A);
        await client.ExpectAsync("""461-2[{"name":"n!","data":{"_placeholder":true,"num":0}}]""");
        await client.ExpectBinaryAsync([1, 2, 3, 9]);
    }

    [Fact]
    public async Task What_is_emitted_is_a_copy_of_the_bytes_at_that_moment()
    {
        var buffer = new byte[] { 1, 1 };
        await using var server = await TestServer.StartAsync(io => io.On("twice", (Socket socket) =>
        {
            _ = socket.EmitAsync("one", buffer);
            buffer[0] = 2;
            _ = socket.EmitAsync("two", (ReadOnlyMemory<byte>)buffer);
            buffer[0] = 3;
        }));
        var client = await server.JoinAsync();

        await client.SendAsync("""42["twice"]""");
        await client.ExpectAsync("""451-["one",{"_placeholder":true,"num":0}]""");
        await client.ExpectBinaryAsync([1, 1]);
        await client.ExpectAsync("""451-["two",{"_placeholder":true,"num":0}]""");
        await client.ExpectBinaryAsync([2, 1]);
    }

    [Fact]
    public async Task Frames_of_one_packet_stay_together_among_those_of_many_senders()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.JoinAsync();

        var senders = Enumerable.Range(0, 4).Select(sender => Task.Run(async () =>
        {
            for (var number = 0; number < 50; number++)
            {
                await server.Io.EmitAsync("both", sender, new[] { (byte)sender, (byte)number }, new[] { (byte)sender });
            }
        }));
        await Task.WhenAll(senders);
        var next = new byte[4];
        for (var packet = 0; packet < 200; packet++)
        {
            var sender = (await client.ReceiveAsync())["452-[\"both\",".Length] - '0';
            await client.ExpectBinaryAsync([(byte)sender, next[sender]++], [(byte)sender]);
        }
    }

    [Fact]
    public async Task Attachments_that_do_not_all_come_end_the_connection()
    {
        await using var server = await TestServer.StartAsync(options: options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(200);
            options.PingTimeout = TimeSpan.FromMilliseconds(1500);
        });
        var client = await server.JoinAsync();

        await client.SendBinaryAsync("""452-["echo",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""", A);
        await AnswerPingsAsync(client);
        Assert.Equal("parse error", client.CloseDescription);
    }

    /// <summary>Pongs are texts, but not messages: they may come between a packet's parts.</summary>
    private static async Task AnswerPingsAsync(RawWebSocket client)
    {
        try
        {
            while (true)
            {
                await client.ExpectAsync("2");
                await client.TrySendAsync("3");
            }
        }
        catch (ConnectionEndedException)
        {
            // As it should.
        }
    }

    private sealed record Envelope(string Name, byte[] Data);
}
