using AkkaChat.Protocol.EngineIO;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Sessions;

public class EngineSessionUpgradeTests
{
    private static readonly TimeSpan Start = TimeSpan.Zero;
    private static readonly EngineTiming Timing = new(
        TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(300));

    private readonly EngineSession _session = new(Timing, EngineTransport.Polling, Start);

    [Fact]
    public void A_WebSocket_takes_over_by_probe_and_upgrade()
    {
        Assert.True(_session.TryOffer(Start, out var generation));
        Assert.False(_session.IsProbed);
        Assert.Equal(PacketOutcome.AnswerProbe, Receive(generation, "2probe"));
        Assert.True(_session.IsProbed);
        Assert.Equal(EngineTransport.Polling, _session.Transport);

        Assert.Equal(PacketOutcome.Upgraded, Receive(generation, "5"));
        Assert.Equal(EngineTransport.WebSocket, _session.Transport);
        Assert.Equal(generation, _session.Generation);
        Assert.False(_session.IsProbed);
        Assert.Equal(PacketOutcome.Deliver, Receive(generation, "4hello"));
    }

    [Fact]
    public void Until_the_upgrade_the_old_transport_goes_on()
    {
        _session.TryOffer(Start, out var generation);
        Receive(generation, "2probe");

        Assert.Equal(PacketOutcome.Deliver, Receive(0, "4hello"));
    }

    [Fact]
    public void After_the_upgrade_what_comes_by_the_old_transport_is_late()
    {
        Upgrade();

        Assert.Equal(PacketOutcome.Late, Receive(0, "4hello"));
        Assert.Equal(PacketOutcome.Late, Receive(0, "1"));
        Assert.Equal(PacketOutcome.Late, Receive(0, "2"));
    }

    [Fact]
    public void A_late_pong_of_the_old_transport_moves_no_deadline()
    {
        Upgrade();
        _session.Tick(TimeSpan.FromSeconds(25), null);
        _session.OnPacket(0, new EnginePacket(EnginePacketType.Pong, default, false), TimeSpan.FromSeconds(26));

        Assert.Equal(TimeSpan.FromSeconds(45), _session.NextDeadline);
    }

    [Fact]
    public void There_is_one_candidate_at_a_time()
    {
        Assert.True(_session.TryOffer(Start, out var first));
        Assert.False(_session.TryOffer(Start, out _));

        Assert.True(_session.DropCandidate(first));
        Assert.True(_session.TryOffer(Start, out var second));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_session_on_WebSocket_takes_no_candidate()
    {
        Upgrade();
        Assert.False(_session.TryOffer(Start, out _));
        Assert.False(new EngineSession(Timing, EngineTransport.WebSocket, Start).TryOffer(Start, out _));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("4hello")]
    [InlineData("2")]
    [InlineData("2Probe")]
    [InlineData("3probe")]
    [InlineData("1")]
    public void A_candidate_that_does_not_begin_with_the_probe_is_rejected(string packet)
    {
        _session.TryOffer(Start, out var generation);

        Assert.Equal(PacketOutcome.RejectCandidate, Receive(generation, packet));
        Assert.Equal(PacketOutcome.Late, Receive(generation, "2probe"));
        Assert.True(_session.TryOffer(Start, out _));
    }

    [Theory]
    [InlineData("4hello")]
    [InlineData("3")]
    [InlineData("6")]
    public void A_candidate_that_goes_on_with_anything_but_upgrade_is_rejected(string packet)
    {
        _session.TryOffer(Start, out var generation);
        Receive(generation, "2probe");

        Assert.Equal(PacketOutcome.RejectCandidate, Receive(generation, packet));
        Assert.False(_session.IsProbed);
        Assert.Equal(EngineTransport.Polling, _session.Transport);
    }

    [Fact]
    public void A_candidate_may_probe_again()
    {
        _session.TryOffer(Start, out var generation);
        Receive(generation, "2probe");

        Assert.Equal(PacketOutcome.AnswerProbe, Receive(generation, "2probe"));
        Assert.Equal(PacketOutcome.Upgraded, Receive(generation, "5"));
    }

    [Fact]
    public void A_candidate_that_takes_too_long_is_dropped_and_the_session_goes_on()
    {
        _session.TryOffer(TimeSpan.FromSeconds(3), out var generation);
        Receive(generation, "2probe");

        Assert.Equal(TimeSpan.FromSeconds(13), _session.NextDeadline);
        Assert.Equal(TickOutcome.None, _session.Tick(TimeSpan.FromSeconds(12.9), null));
        Assert.Equal(TickOutcome.CandidateTimeout, _session.Tick(TimeSpan.FromSeconds(13), null));
        Assert.Equal(TimeSpan.FromSeconds(25), _session.NextDeadline);
        Assert.Equal(PacketOutcome.Late, Receive(generation, "5"));
        Assert.Equal(PacketOutcome.Deliver, Receive(0, "4hello"));
    }

    [Fact]
    public void The_ping_that_is_due_at_the_same_time_follows_the_candidates_end()
    {
        _session.TryOffer(TimeSpan.FromSeconds(15), out _);

        Assert.Equal(TickOutcome.CandidateTimeout, _session.Tick(TimeSpan.FromSeconds(25), null));
        Assert.Equal(TickOutcome.SendPing, _session.Tick(TimeSpan.FromSeconds(25), null));
    }

    [Fact]
    public void The_end_of_another_transport_than_the_candidate_drops_no_candidate()
    {
        _session.TryOffer(Start, out var generation);

        Assert.False(_session.DropCandidate(0));
        Assert.False(_session.DropCandidate(generation + 1));
        Assert.False(_session.DropCandidate(-1));
        Assert.Equal(PacketOutcome.AnswerProbe, Receive(generation, "2probe"));
    }

    [Theory]
    [InlineData("4", "Deliver")]
    [InlineData("3", "Ignore")]
    [InlineData("6", "Ignore")]
    [InlineData("1", "ClosedByClient")]
    [InlineData("2", "Violation")]
    [InlineData("2probe", "Violation")]
    [InlineData("0{}", "Violation")]
    [InlineData("5", "Violation")]
    public void A_client_may_send_messages_pongs_noops_and_close(string packet, string outcome) =>
        Assert.Equal(outcome, Receive(0, packet).ToString());

    private void Upgrade()
    {
        Assert.True(_session.TryOffer(Start, out var generation));
        Receive(generation, "2probe");
        Assert.Equal(PacketOutcome.Upgraded, Receive(generation, "5"));
    }

    private PacketOutcome Receive(int generation, string wire)
    {
        Assert.True(EnginePacketCodec.TryDecodeText(Wire.Bytes(wire), out var packet, out _));
        return _session.OnPacket(generation, packet, Start);
    }
}
