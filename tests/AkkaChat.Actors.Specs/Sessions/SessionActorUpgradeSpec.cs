using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Specs.Sessions;

public sealed class SessionActorUpgradeSpec : SessionSpec
{
    [Fact]
    public async Task The_probe_is_answered_on_the_candidate_and_releases_the_poll()
    {
        await OpenPollingAsync();
        var poll = StartPoll();
        var (webSocket, generation) = await OfferAsync();
        Assert.Null(await PostAsync("2probe", generation!.Value));

        Assert.Equal("3probe", await webSocket.Written.ReadAsync().AsTask().EndInTime());
        Assert.Equal(["6"], await AnswerOf(poll));
    }

    [Fact]
    public async Task After_the_upgrade_all_goes_by_the_WebSocket_and_nothing_is_lost_or_repeated()
    {
        await OpenPollingAsync();
        Send("1");
        Assert.Equal(["41"], await PollAsync());
        var (webSocket, generation) = await OfferAsync();
        await PostAsync("2probe", generation!.Value);
        Send("2");
        Assert.Equal(["42"], await PollAsync());
        Send("3");
        await PostAsync("5", generation.Value);
        Send("4");

        var client = new TestClient(Session, webSocket);
        Assert.Equal(["3probe", "43", "44"], await client.ReadAsync(3));
        Assert.Equal(["error Bad request"], await PollAsync());
        client.Send("4hello", generation.Value);
        Assert.Equal("hello", await Application.Messages.ReadAsync().AsTask().EndInTime());
    }

    [Fact]
    public async Task A_poll_that_comes_in_after_the_probe_is_released_after_a_moment()
    {
        await OpenPollingAsync();
        var (_, generation) = await OfferAsync();
        await PostAsync("2probe", generation!.Value);
        var poll = StartPoll();
        await SettleAsync();
        Assert.False(poll.Answer.IsCompleted);

        Advance(0.1);
        Assert.Equal(["6"], await AnswerOf(poll));
    }

    [Fact]
    public async Task A_poll_that_still_waits_at_the_upgrade_is_refused()
    {
        await OpenPollingAsync();
        var (_, generation) = await OfferAsync();
        await PostAsync("2probe", generation!.Value);
        var poll = StartPoll();
        await PostAsync("5", generation.Value);

        Assert.Equal(["error Bad request"], await AnswerOf(poll));
        Assert.Equal(1, Server.Server.SessionCount);
    }

    [Fact]
    public async Task What_a_post_brings_after_the_upgrade_is_late()
    {
        await OpenPollingAsync();
        await UpgradeAsync();

        Assert.Same(EngineError.BadRequest, await PostAsync("4late"));
        Assert.Same(EngineError.BadRequest, await PostAsync("1"));
        Assert.False(Application.Messages.TryRead(out _));
        Assert.Equal(1, Server.Server.SessionCount);
    }

    [Fact]
    public async Task The_end_of_a_transport_that_was_replaced_is_ignored()
    {
        await OpenPollingAsync();
        var webSocket = await UpgradeAsync();
        Session.Tell(new SessionMessages.TransportClosed(0, CloseReason.TransportClose));
        await SettleAsync();

        Assert.Equal(1, Server.Server.SessionCount);
        Assert.False(webSocket.Ended.IsCompleted);
        Session.Tell(new SessionMessages.TransportClosed(1, CloseReason.TransportClose));
        await ExpectStoppedAsync("transport close");
    }

    [Fact]
    public async Task A_second_candidate_is_refused_and_the_first_goes_on()
    {
        await OpenPollingAsync();
        var (_, first) = await OfferAsync();
        Assert.Null((await OfferAsync()).Generation);

        Assert.Null(await PostAsync("2probe", first!.Value));
        Assert.Null(await PostAsync("5", first.Value));
        Assert.Null((await OfferAsync()).Generation);
    }

    [Fact]
    public async Task A_candidate_that_closes_leaves_the_session_on_polling_and_room_for_another()
    {
        await OpenPollingAsync();
        var (_, first) = await OfferAsync();
        Session.Tell(new SessionMessages.TransportClosed(first!.Value, CloseReason.TransportClose));

        Assert.NotNull((await OfferAsync()).Generation);
        Assert.Null(await PostAsync("4still here"));
    }

    [Fact]
    public async Task A_candidate_that_breaks_the_rules_is_closed_and_the_session_stays_on_polling()
    {
        await OpenPollingAsync();
        var (webSocket, generation) = await OfferAsync();
        await PostAsync("4too early", generation!.Value);

        Assert.Equal("abort: parse error", await webSocket.Ended.EndInTime());
        Assert.Null(await PostAsync("4still here"));
        Assert.Equal("still here", await Application.Messages.ReadAsync().AsTask().EndInTime());
    }

    [Fact]
    public async Task A_candidate_that_takes_too_long_is_closed_and_the_session_stays_on_polling()
    {
        await OpenPollingAsync();
        var (webSocket, generation) = await OfferAsync();
        await PostAsync("2probe", generation!.Value);
        await SettleAsync();
        Advance(10);

        Assert.Equal("abort: transport close", await webSocket.Ended.EndInTime());
        Assert.Same(EngineError.BadRequest, await PostAsync("5", generation.Value));
        Assert.Null(await PostAsync("4still here"));
    }

    [Fact]
    public async Task The_end_of_the_session_closes_its_candidate_too()
    {
        await OpenPollingAsync();
        var (webSocket, _) = await OfferAsync();
        Session.Close(CloseReason.PingTimeout);

        Assert.Equal("abort: transport close", await webSocket.Ended.EndInTime());
        await ExpectStoppedAsync("ping timeout");
    }

    private async Task<RecordingTransport> UpgradeAsync()
    {
        var (webSocket, generation) = await OfferAsync();
        await PostAsync("2probe", generation!.Value);
        await PostAsync("5", generation.Value);
        return webSocket;
    }

    private void Send(string text) => Session.Outbox.TryAdd(EnginePacketCodec.EncodeMessage(text));
}
