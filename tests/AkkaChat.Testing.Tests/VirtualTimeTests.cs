using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Testing.Tests;

/// <summary>Hours of the server's time in moments of the test's.</summary>
public sealed class VirtualTimeTests
{
    [Theory]
    [InlineData(TestTransport.WebSocket)]
    [InlineData(TestTransport.Polling)]
    public async Task A_client_that_is_silent_is_cut_off(TestTransport transport)
    {
        string? reason = null;
        await using var server = await ChatTestServer.StartAsync(io => io.OnDisconnect((string why) => reason = why));
        await using var silent = await server.ConnectAsync(transport: transport);
        await using var alive = await server.ConnectAsync(transport: transport);
        var watch = Stopwatch.StartNew();

        silent.StopAnsweringPings();
        await server.AdvanceAsync(TimeSpan.FromSeconds(44.9));
        Assert.True(silent.Connected);
        await server.AdvanceAsync(TimeSpan.FromSeconds(0.1));

        Assert.Equal("ping timeout", await silent.ExpectDisconnectAsync());
        Assert.Equal("ping timeout", reason);
        Assert.True(alive.Connected);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Clients_that_answer_pings_stay_for_days()
    {
        await using var server = await ChatTestServer.StartAsync();
        await using var one = await server.ConnectAsync();
        await using var two = await server.ConnectAsync(transport: TestTransport.Upgrade);

        await server.AdvanceAsync(TimeSpan.FromHours(1));

        await one.ExpectNothingAsync();
        Assert.True(one.Connected && two.Connected);
        Assert.Equal(TimeSpan.FromHours(1), server.Clock.Elapsed);
    }

    [Fact]
    public async Task Credentials_expire_unless_the_client_brings_new_ones()
    {
        await using var server = await ChatTestServer.StartAsync(io =>
        {
            io.OnConnect((Socket socket, TimeProvider time) => socket.ExpireAt(time.GetUtcNow().AddMinutes(10)));
            io.OnAuthRefresh((Socket socket, string token, TimeProvider time) =>
            {
                socket.ExpireAt(time.GetUtcNow().AddMinutes(10));
                return token == "fresh";
            });
        });
        await using var good = await server.ConnectAsync();
        await using var bad = await server.ConnectAsync();
        await using var mute = await server.ConnectAsync();
        good.On("auth:refresh", _ => "fresh");
        bad.On("auth:refresh", _ => "stale");

        await server.AdvanceAsync(TimeSpan.FromMinutes(9));
        Assert.True(good.Connected && bad.Connected && mute.Connected);
        await server.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.True(good.Connected && mute.Connected);
        Assert.Equal("credentials expired", await bad.ExpectDisconnectAsync());
        await server.AdvanceAsync(TimeSpan.FromSeconds(25));
        Assert.Equal("credentials expired", await mute.ExpectDisconnectAsync());
        await server.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.True(good.Connected);
    }

    [Fact]
    public async Task Credentials_that_have_expired_already_end_the_connection_at_once()
    {
        await using var server = await ChatTestServer.StartAsync(io =>
            io.On("late", (Socket socket, TimeProvider time) => socket.ExpireAt(time.GetUtcNow())));
        await using var client = await server.ConnectAsync();

        await client.EmitAsync("late");

        Assert.Equal("credentials expired", await client.ExpectDisconnectAsync());
    }

    [Fact]
    public async Task A_call_that_is_not_answered_times_out()
    {
        await using var server = await ChatTestServer.StartAsync(io => io.On("ask", async (Socket socket) =>
        {
            try
            {
                return await socket.WithTimeout(TimeSpan.FromMinutes(2)).CallAsync<string>("name?");
            }
            catch (TimeoutException)
            {
                return "nobody";
            }
        }));
        await using var client = await server.ConnectAsync();

        var asking = client.CallAsync<string>("ask");
        await server.AdvanceAsync(TimeSpan.FromSeconds(119));
        Assert.False(asking.IsCompleted);
        await server.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("nobody", await asking);
    }

    [Fact]
    public async Task Handlers_and_services_that_take_a_TimeProvider_run_on_the_same_clock()
    {
        await using var server = await ChatTestServer.StartAsync(
            io => io.On("later", async (Reminder reminder, TimeProvider time, CancellationToken cancelled) =>
            {
                await Task.Delay(TimeSpan.FromHours(2), time, cancelled);
                return reminder.Now;
            }),
            services: services => services.AddSingleton<Reminder>());
        await using var client = await server.ConnectAsync();
        var begin = server.Clock.GetUtcNow();

        var waiting = client.CallAsync<DateTimeOffset>("later");
        await server.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Equal(begin.AddHours(2), await waiting);
    }

    private sealed class Reminder(TimeProvider time)
    {
        public DateTimeOffset Now => time.GetUtcNow();
    }
}
