using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Specs.Sessions;

public sealed class SessionActorHeartbeatSpec : SessionSpec
{
    [Fact]
    public async Task A_client_that_answers_pings_stays()
    {
        var client = await OpenWebSocketAsync();
        for (var round = 0; round < 10; round++)
        {
            // In two steps: the timer set for the pong's deadline runs out on the way and sets itself again.
            Advance(20);
            await SettleAsync();
            Advance(5);
            Assert.Equal("2", await client.ReadAsync());
            client.Send("3");
            await SettleAsync();
        }

        Assert.Equal(1, Server.Server.SessionCount);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_is_gone_after_interval_and_timeout()
    {
        var client = await OpenWebSocketAsync();
        Advance(25);
        Assert.Equal("2", await client.ReadAsync());
        await SettleAsync();
        Advance(19.9);
        await SettleAsync();
        Assert.Equal(1, Server.Server.SessionCount);

        Advance(0.1);
        Assert.Equal("abort: ping timeout", await client.Transport.Ended.EndInTime());
        await ExpectStoppedAsync("ping timeout");
    }

    [Fact]
    public async Task Even_if_no_timer_has_run_a_request_finds_the_session_expired()
    {
        await OpenPollingAsync();
        Time.Advance(TimeSpan.FromSeconds(45));

        Assert.Equal(["error Session ID unknown"], await PollAsync());
        await ExpectStoppedAsync("ping timeout");
    }

    [Fact]
    public async Task So_do_a_post_and_an_upgrade()
    {
        await OpenPollingAsync();
        Time.Advance(TimeSpan.FromSeconds(45));

        Assert.Same(EngineError.SessionIdUnknown, await PostAsync("4late"));
        Assert.Null((await OfferAsync()).Generation);
        Assert.False(Application.Messages.TryRead(out _));
        await ExpectStoppedAsync("ping timeout");
    }

    [Fact]
    public async Task A_client_that_the_server_does_not_read_is_excused()
    {
        var client = await OpenWebSocketAsync();
        for (var number = 0; number < PendingEvents; number++)
        {
            Session.Window.Hold(1);
        }

        var reader = Session.Window.EnterAsync(1, default).AsTask();
        Advance(25);
        Assert.Equal("2", await client.ReadAsync());
        await SettleAsync();
        Advance(20);
        await SettleAsync();
        Advance(20);
        await SettleAsync();
        Assert.Equal(1, Server.Server.SessionCount);

        for (var number = 0; number < PendingEvents; number++)
        {
            Session.Window.Release(1);
        }

        await reader.EndInTime();
        client.Send("3");
        await SettleAsync();
        Advance(19);
        await SettleAsync();
        Assert.Equal(1, Server.Server.SessionCount);
    }

    [Fact]
    public async Task It_is_not_excused_for_ever()
    {
        await OpenWebSocketAsync();
        for (var number = 0; number < PendingEvents; number++)
        {
            Session.Window.Hold(1);
        }

        var reader = Session.Window.EnterAsync(1, default).AsTask();
        for (var seconds = 0; seconds <= 325 && !Application.Closed.IsCompleted; seconds += 5)
        {
            Advance(5);
            await SettleAsync();
        }

        await ExpectStoppedAsync("ping timeout");
        await reader.EndInTime();
    }

    [Fact]
    public async Task A_connection_that_joins_no_namespace_is_closed()
    {
        var client = await Server.OpenAsync();
        Advance(25);
        Assert.Equal("2", await client.ReadAsync());
        client.Send("3");
        await client.SettleAsync();
        Advance(20);

        Assert.Equal("abort: connect timeout", await client.Transport.Ended.EndInTime());
    }

    [Fact]
    public async Task A_connection_that_has_joined_one_stays()
    {
        var client = await Server.ConnectAsync();
        for (var round = 0; round < 4; round++)
        {
            // The tick that looks for the pong comes in between, and sets the next one.
            Advance(20);
            await client.SettleAsync();
            Advance(5);
            Assert.Equal("2", await client.ReadAsync());
            client.Send("3");
            await client.ExpectNothingAsync();
        }

        Assert.False(client.Transport.Ended.IsCompleted);
    }

    [Fact]
    public async Task Attachments_that_do_not_come_in_time_end_the_session()
    {
        var client = await Server.ConnectAsync();
        client.Send("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        await client.SettleAsync();
        Advance(25);
        Assert.Equal("2", await client.ReadAsync());
        client.Send("3");
        await client.SettleAsync();
        Assert.False(client.Transport.Ended.IsCompleted);
        Advance(20);

        Assert.Equal("abort: parse error", await client.Transport.Ended.EndInTime());
    }
}
