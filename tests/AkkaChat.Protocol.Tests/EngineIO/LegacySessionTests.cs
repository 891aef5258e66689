using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Protocol.Tests.EngineIO;

/// <summary>The heartbeat of Engine.IO 3: the client pings, and silence for both times together ends the session.</summary>
public class LegacySessionTests
{
    private static readonly EngineTiming Timing =
        new(Seconds(25), Seconds(20), UpgradeTimeout: Seconds(10), StallLimit: Seconds(300));

    private static readonly EnginePacket Ping = new(EnginePacketType.Ping, default, IsBinary: false);
    private static readonly EnginePacket Pong = new(EnginePacketType.Pong, default, IsBinary: false);

    [Fact]
    public void A_ping_is_answered_and_the_server_sends_none()
    {
        var session = New();

        Assert.Equal(TickOutcome.None, session.Tick(Seconds(44), null));
        Assert.Equal(PacketOutcome.AnswerPing, session.OnPacket(0, Ping, Seconds(44)));
        Assert.Equal(Seconds(89), session.NextDeadline);
        Assert.Equal(TickOutcome.None, session.Tick(Seconds(88), null));
    }

    [Fact]
    public void Without_a_ping_the_session_ends_after_interval_and_timeout()
    {
        var session = New();

        Assert.Equal(Seconds(45), session.NextDeadline);
        Assert.False(session.IsExpired(Seconds(44.9), null));
        Assert.True(session.IsExpired(Seconds(45), null));
        Assert.Equal(TickOutcome.PingTimeout, session.Tick(Seconds(45), null));
    }

    [Fact]
    public void Other_packets_do_not_count_as_pings()
    {
        var session = New();
        session.OnPacket(0, new EnginePacket(EnginePacketType.Message, default, IsBinary: false), Seconds(40));

        Assert.True(session.IsExpired(Seconds(45), null));
    }

    [Fact]
    public void While_the_server_does_not_read_the_client_is_excused()
    {
        var session = New();

        Assert.False(session.IsExpired(Seconds(60), new ReadStall(Seconds(30), null)));
        Assert.True(session.IsExpired(Seconds(70), new ReadStall(Seconds(30), Seconds(50))));
    }

    [Fact]
    public void A_pong_of_the_client_is_a_violation_as_a_ping_is_in_revision_4()
    {
        Assert.Equal(PacketOutcome.Violation, New().OnPacket(0, Pong, Seconds(1)));
        Assert.Equal(
            PacketOutcome.Violation,
            new EngineSession(Timing, EngineTransport.Polling, Seconds(0)).OnPacket(0, Ping, Seconds(1)));
    }

    [Fact]
    public void An_upgrade_goes_as_in_revision_4_and_the_heartbeat_goes_on()
    {
        var session = New();
        Assert.True(session.TryOffer(Seconds(1), out var generation));

        Assert.Equal(PacketOutcome.AnswerProbe, session.OnPacket(generation, new(EnginePacketType.Ping, "probe"u8.ToArray(), false), Seconds(2)));
        Assert.Equal(PacketOutcome.Upgraded, session.OnPacket(generation, new(EnginePacketType.Upgrade, default, false), Seconds(3)));
        Assert.Equal(PacketOutcome.Late, session.OnPacket(0, Ping, Seconds(4)));
        Assert.Equal(PacketOutcome.AnswerPing, session.OnPacket(generation, Ping, Seconds(5)));
        Assert.Equal(Seconds(50), session.NextDeadline);
    }

    private static EngineSession New() => new(Timing, EngineTransport.Polling, Seconds(0), isLegacy: true);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
