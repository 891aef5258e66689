using System.Diagnostics;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.EngineIO;

public sealed class ShutdownTests
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_websocket_is_closed_in_good_order()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        var stopping = StopAsync(server);
        Assert.Equal(1001, await client.CloseCodeAsync());
        Assert.Equal("server shutting down", client.CloseDescription);
        await client.CloseAsync();
        Assert.Equal("server shutting down", await server.EngineCloseReasons.NextAsync());
        await stopping;
    }

    [Fact]
    public async Task A_waiting_poll_is_answered_with_a_close_packet()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await client.SendAsync("4x");
        await client.ExpectAsync("4x");

        var poll = client.PollAsync();
        var stopping = StopAsync(server);
        await HttpAssert.IsPayloadAsync("1", await poll);
        await stopping;
    }

    [Fact]
    public async Task A_polling_client_between_two_polls_still_gets_what_waits_for_it()
    {
        await using var server = await TestServer.StartAsync(options: LongTimeout);
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await client.SendAsync("4the last words");

        var stopping = StopAsync(server);
        Assert.Equal("server shutting down", await server.EngineCloseReasons.NextAsync());
        await HttpAssert.IsPayloadAsync("4the last words", await client.PollAsync());
        await HttpAssert.IsPayloadAsync("1", await client.PollAsync());
        await stopping;
    }

    [Fact]
    public async Task Clients_that_do_nothing_do_not_hold_it_up()
    {
        await using var server = await TestServer.StartAsync(options: LongTimeout);
        await using var mute = await RawFrames.OpenAsync(server.Host);
        await using var deaf = await RawFrames.OpenAsync(server.Host);
        var polling = await server.OpenPollingAsync(TestServer.Echo);
        await server.EngineSockets.NextAsync();
        (await server.EngineSockets.NextAsync()).Send(new string('x', 4_000_000));

        await StopAsync(server);
        Assert.NotNull(polling.Sid);
    }

    [Fact]
    public async Task A_handler_that_never_ends_does_not_hold_it_up()
    {
        var never = new TaskCompletionSource();
        var running = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io => io.On("hang", () =>
            {
                running.Add("hangs");
                return never.Task;
            }),
            LongTimeout);
        var client = await server.JoinAsync();

        await client.SendAsync("""42["hang"]""");
        await running.NextAsync();
        await StopAsync(server);
    }

    [Fact]
    public async Task A_post_that_waits_for_a_handler_that_never_ends_does_not_hold_it_up()
    {
        var never = new TaskCompletionSource();
        var running = new Recorder<string>();
        await using var server = await TestServer.StartAsync(
            io => io.On("hang", () =>
            {
                running.Add("hangs");
                return never.Task;
            }),
            options =>
            {
                LongTimeout(options);
                options.MaxPendingEvents = 5;
            });
        var client = await server.OpenPollingAsync();
        await client.JoinAsync();

        var post = client.PostAsync(string.Join('\u001e', Enumerable.Repeat("""42["hang"]""", 20)));
        await running.NextAsync();
        await StopAsync(server);
        using var response = await post;
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task While_it_stops_nobody_gets_in()
    {
        await using var server = await TestServer.StartAsync(options: LongTimeout);
        var client = await server.OpenPollingAsync(TestServer.Echo);

        var stopping = StopAsync(server);
        await server.EngineCloseReasons.NextAsync();
        using var response = await server.Visitor().RequestAsync(HttpMethod.Get, "EIO=4&transport=polling");
        Assert.Equal(503, (int)response.StatusCode);
        await HttpAssert.IsPayloadAsync("1", await client.PollAsync());
        await stopping;
    }

    private static void LongTimeout(AkkaChatOptions options) => options.PingTimeout = TimeSpan.FromSeconds(20);

    private static async Task StopAsync(TestServer server)
    {
        var clock = Stopwatch.StartNew();
        await server.StopAsync();
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, AtMost);
    }
}
