using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Tests.Support;
using AkkaChat.Transports;

namespace AkkaChat.Specs.Sessions;

public sealed class SessionActorPollingSpec : SessionSpec
{
    [Fact]
    public async Task The_first_poll_gets_the_open_packet_with_the_upgrade_on_offer()
    {
        var poll = new Poll();
        var session = (await Server.Server.OpenSessionAsync(
            new Handshake(),
            session => session.Polling = new PollingTransport(session.Outbox),
            Application.Attach,
            EngineTransport.Polling).EndInTime())!;
        session.Tell(new SessionMessages.PollArrived(poll));

        Assert.Equal(
            $$"""0{"sid":"{{session.Id}}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}""",
            Assert.Single(Wire.Read((await poll.Answer.EndInTime()).Packets)));
    }

    [Fact]
    public async Task A_poll_waits_until_there_is_something_to_send()
    {
        await OpenPollingAsync();
        var poll = StartPoll();
        await SettleAsync();
        Assert.False(poll.Answer.IsCompleted);

        Session.Outbox.TryAdd(EnginePacketCodec.EncodeMessage("a"));
        Assert.Equal(["4a"], await AnswerOf(poll));
    }

    [Fact]
    public async Task A_second_poll_at_the_same_time_ends_the_session()
    {
        await OpenPollingAsync();
        var first = StartPoll();
        var second = StartPoll();

        Assert.Equal(["error Bad request"], await AnswerOf(second));
        Assert.Equal(["1"], await AnswerOf(first));
        await ExpectStoppedAsync("transport error");
    }

    [Fact]
    public async Task A_poll_that_the_client_gives_up_ends_the_session_since_a_gap_must_not_go_unnoticed()
    {
        await OpenPollingAsync();
        var poll = StartPoll();
        Session.Tell(new SessionMessages.PollAborted(poll));

        await ExpectStoppedAsync("transport close");
    }

    [Fact]
    public async Task A_post_is_answered_when_its_packet_has_taken_effect()
    {
        await OpenPollingAsync();

        Assert.Null(await PostAsync("4hello"));
        Assert.True(Application.Messages.TryRead(out var message));
        Assert.Equal("hello", message);
    }

    [Fact]
    public async Task A_packet_that_a_client_may_not_send_ends_the_session()
    {
        await OpenPollingAsync();

        Assert.Same(EngineError.BadRequest, await PostAsync("2"));
        await ExpectStoppedAsync("transport error");
    }

    [Fact]
    public async Task A_goodbye_answers_the_poll_that_waits_and_the_post_with_success()
    {
        await OpenPollingAsync();
        var poll = StartPoll();

        Assert.Null(await PostAsync("1"));
        Assert.Equal(["6"], await AnswerOf(poll));
        await ExpectStoppedAsync("transport close");
    }

    [Fact]
    public async Task A_goodbye_waits_a_moment_for_the_poll_that_may_be_on_its_way()
    {
        await OpenPollingAsync();
        var post = PostAsync("1");
        await SettleAsync();
        Assert.False(post.IsCompleted);

        Assert.Equal(["6"], await PollAsync());
        Assert.Null(await post);
        await ExpectStoppedAsync("transport close");
    }

    [Fact]
    public async Task A_goodbye_waits_no_longer_than_a_moment()
    {
        await OpenPollingAsync();
        var post = PostAsync("1");
        await SettleAsync();
        Advance(0.1);

        Assert.Null(await post);
        await ExpectStoppedAsync("transport close");
    }

    [Fact]
    public async Task To_finish_answers_the_poll_that_waits_with_the_rest_and_a_close_packet()
    {
        await OpenPollingAsync();
        var poll = StartPoll();
        await SettleAsync();
        Session.Tell(new SessionMessages.Finish(CloseReason.ForcedServerClose));

        Assert.Equal(["1"], await AnswerOf(poll));
        await ExpectStoppedAsync("forced server close");
    }

    [Fact]
    public async Task To_finish_between_two_polls_leaves_the_rest_for_the_next_one_and_then_says_goodbye()
    {
        await OpenPollingAsync();
        Session.Outbox.TryAdd(EnginePacketCodec.EncodeMessage("last"));
        Session.Tell(new SessionMessages.Finish(CloseReason.ForcedServerClose));
        Assert.Equal("forced server close", await Application.Closed.EndInTime());
        Assert.Same(Session, Server.Server.FindSession(Session.Id));
        Assert.Same(EngineError.SessionIdUnknown, await PostAsync("4late"));

        Assert.Equal(["4last"], await PollAsync());
        Assert.Equal(["1"], await PollAsync());
        await ExpectStoppedAsync("forced server close");
    }

    [Fact]
    public async Task A_finished_session_waits_one_ping_timeout_for_the_next_poll_and_no_longer()
    {
        await OpenPollingAsync();
        Session.Tell(new SessionMessages.Finish(CloseReason.ServerShuttingDown));
        await Application.Closed.EndInTime();
        await SettleAsync();
        Advance(19.9);
        await SettleAsync();
        Assert.Equal(1, Server.Server.SessionCount);

        Advance(0.2);
        await ExpectStoppedAsync("server shutting down");
    }

    [Fact]
    public async Task A_slow_client_is_closed()
    {
        await OpenPollingAsync();
        while (Session.Outbox.TryAdd(EnginePacketCodec.EncodeBinary(new byte[100_000])))
        {
        }

        await ExpectStoppedAsync("slow consumer");
    }

    [Fact]
    public async Task A_session_that_is_closed_knows_no_polls_posts_or_upgrades_any_more()
    {
        await OpenPollingAsync();
        Application.IsIdle = false;
        Session.Close(CloseReason.TransportClose);
        await Application.Closed.EndInTime();

        Assert.Equal(["error Session ID unknown"], await PollAsync());
        Assert.Same(EngineError.SessionIdUnknown, await PostAsync("4a"));
        Assert.Null((await OfferAsync()).Generation);
        Assert.Null(Server.Server.FindSession(Session.Id));
        Session.Tell(new SessionMessages.HandlerCompleted(this));
        await ExpectStoppedAsync("transport close");
        Assert.Equal(1, Application.Completed);
    }
}
