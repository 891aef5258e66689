using System.Text.Json;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.SocketIO;

/// <summary>Calls of the server that wait for the client's ack.</summary>
public sealed class CallTests
{
    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task A_handler_gets_the_clients_answer_while_it_runs(Transport transport)
    {
        await using var server = await TestServer.StartAsync(io => io.On(
            "ask", async (Socket socket, int number) => (await socket.CallAsync<int>("question", number)) + 1));
        var client = await server.OpenAsync(transport);
        await client.JoinAsync();

        await client.SendAsync("""427["ask",20]""");
        await client.ExpectAsync("""420["question",20]""");
        await client.SendAsync("430[41]");
        await client.ExpectAsync("437[42]");
    }

    [Fact]
    public async Task Answers_find_their_questions_in_any_order_and_namespace()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/other"));
        var member = await Member.JoinAsync(server);
        var otherId = await member.Client.JoinAsync("/other");
        var other = server.Io.Of("/other").Find(otherId)!;

        var one = member.Socket.CallAsync<string>("q");
        var two = member.Socket.CallAsync<string>("q");
        var three = other.CallAsync<string>("q");
        await member.Client.ExpectAsync("""420["q"]""", """421["q"]""", """42/other,0["q"]""");
        await member.Client.SendAsync("""43/other,0["three"]""", """431["two"]""", """430["one"]""");
        Assert.Equal(["one", "two", "three"], await Task.WhenAll(one, two, three).Soon());
    }

    [Fact]
    public async Task An_answer_can_be_none_one_or_all_of_its_arguments()
    {
        await using var server = await TestServer.StartAsync();
        var member = await Member.JoinAsync(server);

        var none = member.Socket.CallAsync<string?>("q");
        var first = member.Socket.CallAsync<int>("q");
        var all = member.Socket.CallAsync<EventArguments>("q");
        await member.Client.SendAsync("430[]", "431[1,2]", "432[1,\"b\",null]");
        Assert.Null(await none.Soon());
        Assert.Equal(1, await first.Soon());
        Assert.Equal(["1", "\"b\"", "null"], (await all.Soon()).Select(argument => argument.ToString()));
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task An_answer_can_be_binary(Transport transport)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenAsync(transport);
        var socket = server.Io.Find(await client.JoinAsync())!;

        var answer = socket.CallAsync<byte[]>("q", new byte[] { 7 });
        await client.ExpectAsync("""451-0["q",{"_placeholder":true,"num":0}]""");
        await client.ExpectBinaryAsync([7]);
        await client.SendBinaryAsync("""461-0[{"_placeholder":true,"num":0}]""", [8, 9]);
        Assert.Equal([8, 9], await answer.Soon());
    }

    [Fact]
    public async Task An_answer_of_another_type_fails_the_call_only()
    {
        await using var server = await TestServer.StartAsync();
        var member = await Member.JoinAsync(server);

        var call = member.Socket.CallAsync<int>("q");
        await member.Client.ExpectAsync("""420["q"]""");
        await member.Client.SendAsync("430[\"text\"]");
        await Assert.ThrowsAsync<JsonException>(() => call.Soon());
        await member.SeesNothingAsync();
    }

    [Fact]
    public async Task Without_an_answer_a_call_times_out_and_a_late_one_is_ignored()
    {
        await using var server = await TestServer.StartAsync();
        var member = await Member.JoinAsync(server);

        var call = member.Socket.WithTimeout(TimeSpan.FromMilliseconds(100)).CallAsync<int>("q");
        await member.Client.ExpectAsync("""420["q"]""");
        await Assert.ThrowsAsync<TimeoutException>(() => call.Soon());
        await member.Client.SendAsync("430[1]", "430[1]", "4399[]");
        await member.SeesNothingAsync();
        var next = member.Socket.CallAsync<int>("q");
        await member.Client.ExpectAsync("""421["q"]""");
        await member.Client.SendAsync("431[2]");
        Assert.Equal(2, await next.Soon());
    }

    [Fact]
    public async Task The_general_limit_is_a_setting()
    {
        await using var server = await TestServer.StartAsync(
            options: options => options.CallTimeout = TimeSpan.FromMilliseconds(100));
        var member = await Member.JoinAsync(server);

        await Assert.ThrowsAsync<TimeoutException>(() => member.Socket.CallAsync<int>("q").Soon());
    }

    [Theory]
    [InlineData("41")]
    [InlineData("1")]
    [InlineData("42nonsense")]
    public async Task A_call_ends_at_once_when_the_client_goes(string farewell)
    {
        await using var server = await TestServer.StartAsync();
        var member = await Member.JoinAsync(server);

        var call = member.Socket.CallAsync<int>("q");
        await member.Client.SendAsync(farewell);
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => call.Soon());
    }

    [Fact]
    public async Task An_answer_counts_for_its_own_client_only()
    {
        await using var server = await TestServer.StartAsync();
        var members = await Member.JoinAsync(server, 2);

        var call = members[0].Socket.CallAsync<string>("q");
        await members[1].Client.SendAsync("""430["forged"]""");
        await members[1].SeesNothingAsync();
        await members[0].Client.SendAsync("""430["true"]""");
        Assert.Equal("true", await call.Soon());
    }

    [Fact]
    public async Task While_a_handler_waits_for_an_answer_its_clients_other_events_wait()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("ask", (Socket socket) => socket.CallAsync<int>("question"))
            .On("next", () => "next"));
        var client = await server.JoinAsync();

        await client.SendAsync("""421["ask"]""", """422["next"]""");
        await client.ExpectAsync("""420["question"]""");
        await client.SendAsync("430[5]");
        await client.ExpectAsync("431[5]", """432["next"]""");
    }
}
