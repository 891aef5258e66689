using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

public sealed class EdgeTests
{
    [Fact]
    public async Task Emitting_null_sends_one_argument_that_is_null()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.JoinAsync();

        await server.Io.EmitAsync("x", null!).Soon();
        await client.ExpectAsync("""42["x",null]""");
    }

    [Fact]
    public async Task The_numbers_of_broadcast_calls_fit_into_32_bits_with_a_sign()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.JoinAsync();

        var call = server.Io.WithTimeout(TimeSpan.FromMilliseconds(1)).CallAsync<int>("ask");
        var packet = await client.ReceiveAsync();
        Assert.InRange(long.Parse(packet[2..packet.IndexOf('[', StringComparison.Ordinal)]), 1L << 30, int.MaxValue);
        await call.Soon();
    }

    [Fact]
    public async Task A_handler_can_send_no_ack()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("silent", () => Ack.None)
            .On("perhaps", (int number) => number > 0 ? (object)number : Ack.None));
        var client = await server.JoinAsync();

        await client.SendAsync("""421["silent"]""", """422["perhaps",0]""", """423["perhaps",1]""");
        await client.ExpectAsync("433[1]");
    }

    [Fact]
    public async Task A_sequence_is_an_argument_and_not_a_service()
    {
        await using var server = await TestServer.StartAsync(io => io.On("sum", (IEnumerable<int> numbers) => numbers.Sum()));
        var client = await server.JoinAsync();

        await client.SendAsync("""421["sum",[1,2,3]]""");
        await client.ExpectAsync("431[6]");
    }

    [Fact]
    public async Task An_interface_that_is_no_service_fails_at_registration()
    {
        await TestServer.StartAsync(io =>
        {
            var error = Assert.Throws<InvalidOperationException>(() => io.On("x", (IDisposable missing) => { }));
            Assert.Contains("registered services", error.Message, StringComparison.Ordinal);
        }).DisposeAsyncAfter();
    }

    [Fact]
    public async Task An_event_exception_in_a_connect_handler_is_the_refusal()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/a").OnConnect(void () => throw new EventException("no"));
            io.Of("/b").OnConnect(void () => throw new EventException("no") { Code = "full", Payload = 7 });
        });
        var client = await server.OpenWebSocketAsync();

        await client.SendAsync("40/a,", "40/b,");
        await client.ExpectAsync("""44/a,{"message":"no"}""", """44/b,{"message":"no","data":{"code":"full","data":7}}""");
    }

    [Fact]
    public async Task A_room_name_that_is_too_long_or_the_servers_own_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenWebSocketAsync();
        var socket = server.Io.Find(await client.JoinAsync())!;

        var tooLong = await Assert.ThrowsAsync<ArgumentException>(() => socket.JoinAsync(new string('x', 513)));
        Assert.Contains("max-name-length", tooLong.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => socket.JoinAsync("\0user"));
        await socket.JoinAsync(new string('x', 512)).Soon();
    }
}
