using System.Diagnostics;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.EngineIO;

public sealed class HeartbeatTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan EarlyAtMost = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LateAtMost = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task A_client_that_answers_pings_lives_on(Transport transport)
    {
        await using var server = await StartAsync(timeout: TimeSpan.FromSeconds(3));
        var client = await server.OpenAsync(transport, TestServer.Echo);

        for (var beat = 0; beat < 4; beat++)
        {
            await client.ExpectAsync("2");
            await client.SendAsync("3");
        }

        await client.SendAsync("4alive");
        await client.ExpectAsync("4alive");
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task A_ping_comes_an_interval_after_the_last_answer_however_long_the_timeout_is(Transport transport)
    {
        await using var server = await StartAsync(timeout: TimeSpan.FromSeconds(20));
        var client = await server.OpenAsync(transport, TestServer.Echo);

        await client.ExpectAsync("2");
        var clock = Stopwatch.StartNew();
        await client.SendAsync("3");
        await client.ExpectAsync("2");
        AssertWithin(Interval, clock.Elapsed);
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task A_silent_client_is_closed_punctually(Transport transport)
    {
        await using var server = await StartAsync();
        var clock = Stopwatch.StartNew();
        var client = await server.OpenAsync(transport, TestServer.Echo);
        var openedAfter = clock.Elapsed;

        await client.EndsAsync();
        AssertWithin(Interval + Timeout, clock.Elapsed, openedAfter);
        Assert.Equal("ping timeout", await server.EngineCloseReasons.NextAsync());
    }

    [Fact]
    public async Task A_polling_client_that_never_comes_back_is_closed_too()
    {
        await using var server = await StartAsync();
        var client = await server.OpenPollingAsync(TestServer.Echo);

        Assert.Equal("ping timeout", await server.EngineCloseReasons.NextAsync());
        await HttpAssert.IsUnknownSessionAsync(await client.PollAsync());
    }

    [Fact]
    public async Task Messages_alone_are_no_answer_to_a_ping()
    {
        await using var server = await StartAsync(timeout: TimeSpan.FromSeconds(1));
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await client.ExpectAsync("2");
        await client.SendAsync("4not a pong");
        await client.ExpectAsync("4not a pong");
        await client.EndsAsync();
        Assert.Equal(1001, (int?)client.CloseStatus);
        Assert.Equal("ping timeout", client.CloseDescription);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_request_after_the_deadline_finds_no_session_even_if_the_timer_is_late(string method)
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(options: options =>
        {
            options.TimeProvider = time;
            options.PingInterval = TimeSpan.FromSeconds(60);
            options.PingTimeout = TimeSpan.FromSeconds(20);
        });
        var client = await server.OpenPollingAsync(TestServer.Echo);

        time.Advance(TimeSpan.FromMilliseconds(79_999));
        await client.SendAsync("4in time");
        await client.ExpectAsync("4in time");
        time.Advance(TimeSpan.FromMilliseconds(1));
        using var body = method == "POST" ? new StringContent("4too late") : null;
        await HttpAssert.IsUnknownSessionAsync(await client.RequestAsync(new HttpMethod(method), client.Query, body));
        Assert.Equal("ping timeout", await server.EngineCloseReasons.NextAsync());
    }

    [Theory]
    [InlineData(Transport.Polling)]
    [InlineData(Transport.WebSocket)]
    public async Task Pongs_that_nobody_asked_for_change_nothing(Transport transport)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.OpenAsync(transport, TestServer.Echo);

        await client.SendAsync([.. Enumerable.Repeat("3", 5000)]);
        await client.SendAsync("4well?");
        await client.ExpectAsync("4well?");
    }

    [Fact]
    public async Task Pongs_in_advance_do_not_put_the_next_ping_off()
    {
        await using var server = await StartAsync();
        var clock = Stopwatch.StartNew();
        var client = await server.OpenWebSocketAsync(TestServer.Echo);

        await client.SendAsync("3", "3", "3");
        await client.ExpectAsync("2");
        AssertWithin(Interval, clock.Elapsed, clock.Elapsed);
        await client.EndsAsync();
    }

    [Fact]
    public async Task The_heartbeat_goes_on_after_an_upgrade()
    {
        await using var server = await StartAsync(timeout: TimeSpan.FromSeconds(1));
        var client = await server.OpenPollingAsync(TestServer.Echo);
        var socket = await client.UpgradeAsync();

        await socket.ExpectAsync("2");
        await socket.SendAsync("3");
        await socket.ExpectAsync("2");
        await socket.EndsAsync();
        Assert.Equal("ping timeout", socket.CloseDescription);
    }

    private static void AssertWithin(TimeSpan expected, TimeSpan actual, TimeSpan tolerance = default) =>
        Assert.InRange(actual, expected - EarlyAtMost, expected + LateAtMost + tolerance);

    private static Task<TestServer> StartAsync(TimeSpan? timeout = null) => TestServer.StartAsync(options: options =>
    {
        options.PingInterval = Interval;
        options.PingTimeout = timeout ?? Timeout;
    });
}
