using AkkaChat.Delivery;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;
using AkkaChat.Tests.Support;
using AkkaChat.Transports;

namespace AkkaChat.Tests.Transports;

public class PollingTransportTests
{
    private readonly Outbox _outbox = new(1000, () => { });
    private readonly PollingTransport _polling;

    public PollingTransportTests()
    {
        _polling = new PollingTransport(_outbox);
        _outbox.Attach(_polling);
    }

    [Fact]
    public async Task A_poll_takes_at_once_what_waits()
    {
        _outbox.TryAdd(Wire.Pack("a"));
        _outbox.TryAdd(Wire.Pack("b"));
        var poll = Park();

        var answer = await poll.Answer.EndInTime();
        Assert.Equal(["4a", "4b"], Wire.Read(answer.Packets));
        Assert.Equal(4, answer.Bytes);
        Assert.Null(answer.Error);
        Assert.False(_polling.HasPoll);
    }

    [Fact]
    public async Task A_poll_waits_for_the_first_packet()
    {
        var poll = Park();
        Assert.False(poll.Answer.IsCompleted);

        _outbox.TryAdd(Wire.Pack("a"));
        Assert.Equal(["4a"], Wire.Read((await poll.Answer.EndInTime()).Packets));
    }

    [Fact]
    public void A_second_poll_is_not_taken_while_one_waits()
    {
        Park();
        Assert.False(_polling.TryPark(new Poll()));
    }

    [Fact]
    public void A_poll_that_was_given_up_takes_nothing()
    {
        var poll = Park();
        Assert.True(_polling.TryUnpark(poll));
        Assert.False(_polling.TryUnpark(poll));

        _outbox.TryAdd(Wire.Pack("a"));
        Assert.False(poll.Answer.IsCompleted);
        Assert.Equal(2, _outbox.Bytes);
    }

    [Fact]
    public void Another_poll_is_not_taken_back()
    {
        Park();
        Assert.False(_polling.TryUnpark(new Poll()));
        Assert.True(_polling.HasPoll);
    }

    [Fact]
    public async Task A_volatile_packet_needs_a_poll_that_waits()
    {
        Assert.False(_outbox.TryAddVolatile(Wire.Pack("v")));

        var poll = Park();
        Assert.True(_outbox.TryAddVolatile(Wire.Pack("v")));
        Assert.Equal(["4v"], Wire.Read((await poll.Answer.EndInTime()).Packets));
    }

    [Fact]
    public async Task A_waiting_poll_can_be_answered_with_one_packet_and_the_outbox_stays()
    {
        var poll = Park();
        Assert.True(_polling.TryAnswerParked(EnginePacketCodec.Noop));
        Assert.False(_polling.TryAnswerParked(EnginePacketCodec.Noop));

        var answer = await poll.Answer.EndInTime();
        Assert.Equal(["6"], Wire.Read(answer.Packets));
        Assert.Equal(0, answer.Bytes);
    }

    [Fact]
    public async Task A_waiting_poll_can_be_refused()
    {
        var poll = Park();
        _polling.RefuseParked(EngineError.BadRequest);

        var answer = await poll.Answer.EndInTime();
        Assert.Same(EngineError.BadRequest, answer.Error);
        Assert.Empty(answer.Packets);
    }

    [Fact]
    public async Task To_finish_answers_with_what_waits_and_the_next_poll_with_a_close_packet()
    {
        _outbox.TryAdd(Wire.Pack("a"));
        _polling.Finish(CloseReason.ForcedServerClose);

        Assert.Equal(["4a"], Wire.Read((await Park().Answer.EndInTime()).Packets));
        Assert.False(_polling.HasSaidGoodbye);
        Assert.Equal(["1"], Wire.Read((await Park().Answer.EndInTime()).Packets));
        Assert.True(_polling.HasSaidGoodbye);
    }

    [Fact]
    public async Task To_finish_answers_a_poll_that_waits()
    {
        var poll = Park();
        _polling.Finish(CloseReason.ForcedServerClose);

        Assert.Equal(["1"], Wire.Read((await poll.Answer.EndInTime()).Packets));
    }

    [Fact]
    public async Task To_abort_answers_with_a_close_packet_only()
    {
        var poll = Park();
        _polling.Abort(CloseReason.PingTimeout);

        Assert.Equal(["1"], Wire.Read((await poll.Answer.EndInTime()).Packets));
    }

    [Fact]
    public void After_an_upgrade_a_poll_takes_nothing()
    {
        var webSocket = new StubDrainer();
        _outbox.Attach(webSocket);
        var poll = Park();
        _outbox.TryAdd(Wire.Pack("a"));
        _polling.Wake();

        Assert.False(poll.Answer.IsCompleted);
        Assert.Equal(["4a"], webSocket.TakeFrom(_outbox));
    }

    [Fact]
    public void It_is_never_a_candidate() =>
        Assert.Throws<InvalidOperationException>(() => _polling.SendProbeAnswer(EnginePacketCodec.ProbePong));

    private Poll Park()
    {
        var poll = new Poll();
        Assert.True(_polling.TryPark(poll));
        return poll;
    }
}
