using System.Text.Json;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.SocketIO;

public sealed class EventTests
{
    [Theory]
    [InlineData("[1,\"2\",3.5,null,true,false]")]
    [InlineData("[[],{},[[{\"a\":[1]}]]]")]
    [InlineData("[\"\"]")]
    [InlineData("[]")]
    [InlineData("[1e400,-0,123456789012345678901234567890]")]
    [InlineData("[{\"a\":1,\"a\":2}]")]
    [InlineData("[\"\\ud83d\\ude00\",\"\\u2028\\u0000\",\"\u2028 \U0001F600\"]")]
    [InlineData("[{\"_placeholder\":true,\"num\":0}]")]
    [InlineData("[ 1 , [ 2 ] ]")]
    public async Task Arguments_come_back_as_they_were(string arguments)
    {
        await using var server = await TestServer.StartAsync(io => io.On("ack", (EventArguments all) => all));
        var client = await server.JoinAsync();
        var list = arguments[1..^1];

        await client.SendAsync($"""42["echo"{(list.Length > 0 ? "," : "")}{list}]""", $"""421["ack"{(list.Length > 0 ? "," : "")}{list}]""");
        AssertSameJson($"""["echo"{(list.Length > 0 ? "," : "")}{list}]""", (await client.ReceiveAsync())[2..]);
        AssertSameJson($"[{list}]", (await client.ReceiveAsync())[3..]);
    }

    [Fact]
    public async Task An_event_that_nobody_handles_is_ignored_and_not_acked()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.JoinAsync();

        await client.SendAsync("""42["nobody"]""", """4217["nobody",1]""", """42[1,"a number is a name"]""");
        await client.EchoesAsync();
    }

    [Theory]
    [InlineData("error")]
    [InlineData("message")]
    [InlineData("toString")]
    [InlineData("__proto__")]
    [InlineData("*")]
    [InlineData("")]
    public async Task Names_that_mean_something_elsewhere_are_ordinary(string name)
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            if (name.Length > 0)
            {
                io.On(name, () => "handled");
            }
        });
        var client = await server.JoinAsync();

        await client.SendAsync($"""420["{name}"]""");
        await client.ExpectAsync(name.Length > 0 ? ["""430["handled"]"""] : []);
        await client.EchoesAsync();
    }

    [Fact]
    public async Task A_number_as_a_name_reaches_the_handler_of_that_text()
    {
        await using var server = await TestServer.StartAsync(io => io.On("1", (string value) => value));
        var client = await server.JoinAsync();

        await client.SendAsync("""420[1,"x"]""");
        await client.ExpectAsync("""430["x"]""");
    }

    [Fact]
    public async Task Results_become_acks_by_their_kind()
    {
        await using var server = await TestServer.StartAsync(io => io
            .On("void", () => { })
            .On("task", () => Task.CompletedTask)
            .On("valuetask", () => ValueTask.CompletedTask)
            .On("value", () => 1)
            .On("null", string? () => null)
            .On("list", () => new[] { 1, 2 })
            .On("tuple", () => ("a", 2, new[] { 3 }))
            .On("later", async () =>
            {
                await Task.Yield();
                return new { Ok = true };
            })
            .On("valuelater", async ValueTask<int> () =>
            {
                await Task.Yield();
                return 5;
            })
            .On("throw", Task () => throw new InvalidOperationException("a secret")));
        var client = await server.JoinAsync();

        string[] names = ["void", "task", "valuetask", "value", "null", "list", "tuple", "later", "valuelater", "throw"];
        await client.SendAsync([.. names.Select((name, number) => $"42{number}[\"{name}\"]")]);
        await client.ExpectAsync(
            "430[]", "431[]", "432[]", "433[1]", "434[null]", "435[[1,2]]", """436["a",2,[3]]""", """437[{"ok":true}]""", "438[5]");
        await client.EchoesAsync();
    }

    [Fact]
    public async Task Nobody_who_did_not_ask_gets_an_ack()
    {
        await using var server = await TestServer.StartAsync(io => io.On("value", () => 1));
        var client = await server.JoinAsync();

        await client.SendAsync("""42["value"]""");
        await client.EchoesAsync();
    }

    [Fact]
    public async Task The_largest_ack_id_is_that_of_javascript()
    {
        await using var server = await TestServer.StartAsync(io => io.On("value", () => 1));
        var client = await server.JoinAsync();

        await client.SendAsync("""429007199254740991["value"]""", """4200000["value"]""");
        await client.ExpectAsync("439007199254740991[1]", "430[1]");
    }

    [Fact]
    public async Task Arguments_bind_by_type_and_place()
    {
        await using var server = await TestServer.StartAsync(io => io.On(
            "bind",
            (string text, Socket socket, Point point, JsonElement any, int? maybe, EventArguments all, CancellationToken token, int more = 9) =>
                (text, point.X + point.Y, any.GetRawText(), maybe, all.Count, token.CanBeCanceled, more)));
        var client = await server.JoinAsync();

        await client.SendAsync(
            """420["bind","a",{"x":1,"y":2},[true]]""",
            """421["bind","a",{"X":1,"y":2},null,5,6,7]""",
            """422["bind","a",{"x":1,"y":2},0,null]""");
        await client.ExpectAsync(
            """430["a",3,"[true]",null,3,true,9]""",
            """431["a",3,"null",5,6,true,6]""",
            """432["a",3,"0",null,4,true,9]""");
    }

    [Theory]
    [InlineData("""420["typed"]""")]
    [InlineData("""420["typed","text"]""")]
    [InlineData("""420["typed",null]""")]
    [InlineData("""420["typed",1.5]""")]
    [InlineData("""420["typed",99999999999]""")]
    [InlineData("""420["typed",{"a":1}]""")]
    public async Task Arguments_that_do_not_fit_leave_the_handler_alone(string packet)
    {
        await using var server = await TestServer.StartAsync(io => io.On("typed", (int number) => number));
        var client = await server.JoinAsync();

        await client.SendAsync(packet, """421["typed",1]""");
        Assert.EndsWith("\"code\":\"invalid_arguments\"}]", await client.ReceiveAsync(), StringComparison.Ordinal);
        await client.ExpectAsync("431[1]");
    }

    [Fact]
    public async Task Events_of_one_client_are_handled_one_at_a_time_in_order()
    {
        var running = 0;
        await using var server = await TestServer.StartAsync(io => io.On("work", async (int number) =>
        {
            var together = Interlocked.Increment(ref running);
            for (var turn = 0; turn < number % 7; turn++)
            {
                await Task.Yield();
            }

            Interlocked.Decrement(ref running);
            return (number, together);
        }));
        var client = await server.JoinAsync();

        var sending = client.SendAsync([.. Enumerable.Range(0, 500).Select(number => $"42{number}[\"work\",{number}]")]);
        await client.ExpectAsync([.. Enumerable.Range(0, 500).Select(number => $"43{number}[{number},1]")]);
        await sending;
    }

    [Fact]
    public async Task A_handler_that_waits_holds_up_nobody_else()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io => io.On("wait", () => release.Task));
        var waiting = await server.JoinAsync();
        var other = await server.JoinAsync();

        await waiting.SendAsync("""420["wait"]""");
        await other.EchoesAsync();
        release.SetResult();
        await waiting.ExpectAsync("430[]");
    }

    [Fact]
    public async Task A_second_handler_replaces_the_first()
    {
        await using var server = await TestServer.StartAsync(io => io.On("x", () => 1).On("x", () => 2));
        var client = await server.JoinAsync();

        await client.SendAsync("""420["x"]""");
        await client.ExpectAsync("430[2]");
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    public async Task Reserved_names_can_neither_be_handled_nor_emitted(string name)
    {
        await using var server = await TestServer.StartAsync();

        Assert.Throws<ArgumentException>(() => server.Io.On(name, () => { }));
        await Assert.ThrowsAsync<ArgumentException>(() => server.Io.EmitAsync(name));
    }

    private static void AssertSameJson(string expected, string actual) =>
        Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), actual.Replace(" ", "", StringComparison.Ordinal));

    private sealed record Point(int X, int Y);
}
