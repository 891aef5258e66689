namespace AkkaChat.Testing.Tests;

/// <summary>What is proven by an expectation, and what a failed one says.</summary>
public sealed class ExpectationTests
{
    [Fact]
    public async Task A_missing_event_is_reported_with_what_came_instead()
    {
        await using var server = await ChatTestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        server.Limit = TimeSpan.FromMilliseconds(50);
        await server.Io.EmitAsync("message", "hello", new { n = 1 });
        await server.Io.EmitAsync("file", new byte[] { 1, 2, 3 });

        var error = await Assert.ThrowsAsync<ExpectationException>(() => client.ExpectAsync("news"));

        Assert.Equal(
            "The event 'news' should have come in '/' within 0.05 s, but it did not." + Environment.NewLine
            + "Received instead: 'message'(\"hello\", {\"n\":1}), 'file'(<3 bytes>).",
            error.Message);
    }

    [Fact]
    public async Task A_failed_expectation_quotes_the_servers_log()
    {
        await using var server = await ChatTestServer.StartAsync(io =>
            io.On("fail", string () => throw new InvalidOperationException("the reason")));
        await using var client = await server.ConnectAsync();
        server.Limit = TimeSpan.FromMilliseconds(50);

        var error = await Assert.ThrowsAsync<ExpectationException>(() => client.CallAsync<string>("fail"));

        Assert.StartsWith("The server should have acknowledged 'fail' in '/' within 0.05 s, but it did not.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Is there a handler for that event?", error.Message, StringComparison.Ordinal);
        Assert.Contains("The server logged: Error", error.Message, StringComparison.Ordinal);
        Assert.Contains("the reason", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disconnect_ends_the_wait_at_once()
    {
        await using var server = await ChatTestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        server.Limit = TimeSpan.FromMinutes(5);

        var waiting = client.ExpectAsync("news");
        await client.Socket!.DisconnectAsync();

        var error = await Assert.ThrowsAsync<ExpectationException>(() => waiting);
        Assert.StartsWith(
            "The event 'news' should have come in '/', but the client is disconnected (server namespace disconnect).",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_stays_fails_ExpectDisconnect()
    {
        await using var server = await ChatTestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        server.Limit = TimeSpan.FromMilliseconds(50);

        var error = await Assert.ThrowsAsync<ExpectationException>(() => client.ExpectDisconnectAsync());

        Assert.StartsWith("The client should have been disconnected from '/'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_does_not_fit_is_shown()
    {
        await using var server = await ChatTestServer.StartAsync(io => io.On("text", () => "no number"));
        await using var client = await server.ConnectAsync();
        await server.Io.EmitAsync("empty");
        await server.Io.EmitAsync("text", "abc");

        var missing = await Assert.ThrowsAsync<ExpectationException>(() => client.ExpectAsync<int>("empty"));
        var wrong = await Assert.ThrowsAsync<ExpectationException>(() => client.ExpectAsync<int>("text"));
        var ack = await Assert.ThrowsAsync<ExpectationException>(() => client.CallAsync<int>("text"));

        Assert.Equal("'empty'() has 0 arguments; a Int32 was expected at index 0.", missing.Message);
        Assert.StartsWith("Argument 0 of 'text'(\"abc\") is not a Int32:", wrong.Message, StringComparison.Ordinal);
        Assert.StartsWith("Argument 0 of The ack of 'text', (\"no number\"), is not a Int32:", ack.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_of_other_names_stay_for_later_expectations()
    {
        await using var server = await ChatTestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await server.Io.EmitAsync("a", 1);
        await server.Io.EmitAsync("b", 2);
        await server.Io.EmitAsync("a", 3);

        Assert.Equal(2, await client.ExpectAsync<int>("b"));
        Assert.Equal(1, await client.ExpectAsync<int>("a"));
        Assert.Equal(["'a'(3)"], (await client.ReceivedAsync()).Select(received => received.ToString()));
        Assert.Empty(await client.ReceivedAsync());
    }

    [Theory]
    [InlineData(TestTransport.WebSocket)]
    [InlineData(TestTransport.Polling)]
    public async Task Nothing_is_proven_by_what_has_been_handled_and_has_arrived(TestTransport transport)
    {
        await using var server = await ChatTestServer.StartAsync(io => io.On("say", async (Socket socket, string text) =>
        {
            await socket.JoinAsync("room");
            await Task.Yield();
            await socket.To("other").EmitAsync("said", text);
            _ = socket.Namespace.To("room").EmitAsync("said", text);
        }));
        await using var speaker = await server.ConnectAsync(transport: transport);
        await using var listener = await server.ConnectAsync(transport: transport);

        for (var round = 0; round < 20; round++)
        {
            await speaker.EmitAsync("say", "x");
            await listener.ExpectNothingAsync();
            Assert.Single(await speaker.ReceivedAsync());
        }

        await listener.Socket!.JoinAsync("room");
        await speaker.EmitAsync("say", "y");
        var error = await Assert.ThrowsAsync<ExpectationException>(() => listener.ExpectNothingAsync());
        Assert.Equal("Nothing should have come in '/', but this did: 'said'(\"y\").", error.Message);
    }

    [Fact]
    public async Task A_handler_that_still_runs_is_named()
    {
        var gate = new TaskCompletionSource();
        await using var server = await ChatTestServer.StartAsync(io => io.On("slow", () => gate.Task));
        await using var client = await server.ConnectAsync();
        server.Limit = TimeSpan.FromMilliseconds(100);
        await client.EmitAsync("slow");

        var error = await Assert.ThrowsAsync<ExpectationException>(() => client.ExpectNothingAsync());
        gate.SetResult();
        await client.ExpectNothingAsync();

        Assert.StartsWith(
            "The server did not come to rest within 0.1 s: the handler of 'slow' still runs.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_waits_for_a_client_is_at_rest()
    {
        await using var server = await ChatTestServer.StartAsync(io =>
            io.On("ask", async (Socket socket) => await socket.Broadcast.CallAsync<string>("name?")));
        await using var asker = await server.ConnectAsync();
        await using var asked = await server.ConnectAsync();

        await asker.EmitAsync("ask");
        await asker.ExpectNothingAsync();

        var call = await asked.ExpectAsync("name?");
        await call.AckAsync("ann");
        await asked.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_client_handler_that_throws_fails_the_next_expectation()
    {
        await using var server = await ChatTestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        client.On("bad", (EventArguments _) => throw new InvalidOperationException("in the test's handler"));

        await server.Io.EmitAsync("bad");

        var error = await Assert.ThrowsAsync<ExpectationException>(() => client.ExpectNothingAsync());
        Assert.Equal("A handler of the test client in '/' failed: in the test's handler", error.Message);
    }

    [Fact]
    public async Task Handled_events_are_not_kept()
    {
        List<int> seen = [];
        await using var server = await ChatTestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        client.On("n", (EventArguments all) => seen.Add(all[0].As<int>()));

        await server.Io.EmitAsync("n", 1);
        await server.Io.EmitAsync("n", 2);
        await client.ExpectNothingAsync();

        Assert.Equal([1, 2], seen);
    }
}
