using AkkaChat.Protocol.EngineIO;
using AkkaChat.Tests.Support;
using FsCheck.Fluent;

namespace AkkaChat.Tests.Sessions;

/// <summary>Heartbeat: ping interval 25 s, ping timeout 20 s, at most 300 s put off.</summary>
public class EngineSessionHeartbeatTests
{
    private static readonly EngineTiming Timing = new(At(25), At(20), At(10), At(300));
    private static readonly EnginePacket Pong = new(EnginePacketType.Pong, default, false);

    private readonly EngineSession _session = new(Timing, EngineTransport.WebSocket, At(0));

    [Fact]
    public void The_first_ping_is_due_one_interval_after_the_opening()
    {
        Assert.Equal(At(25), _session.NextDeadline);
        Assert.Equal(TickOutcome.None, _session.Tick(At(24.999), null));
        Assert.Equal(TickOutcome.SendPing, _session.Tick(At(25), null));
        Assert.Equal(TickOutcome.None, _session.Tick(At(25), null));
    }

    [Fact]
    public void The_next_ping_is_due_one_interval_after_the_pong()
    {
        _session.Tick(At(25), null);
        _session.OnPacket(0, Pong, At(31));

        Assert.Equal(At(56), _session.NextDeadline);
        Assert.Equal(TickOutcome.None, _session.Tick(At(55.9), null));
        Assert.Equal(TickOutcome.SendPing, _session.Tick(At(56), null));
    }

    [Fact]
    public void A_pong_may_be_told_of_when_it_has_become_overdue()
    {
        _session.Tick(At(25), null);
        _session.OnPong(At(31));

        Assert.Equal(TickOutcome.None, _session.Tick(At(45), null));
        Assert.Equal(At(56), _session.NextDeadline);
    }

    [Fact]
    public void A_pong_from_before_the_ping_is_no_answer_to_it()
    {
        _session.Tick(At(25), null);
        _session.OnPong(At(24));

        Assert.Equal(TickOutcome.PingTimeout, _session.Tick(At(45), null));
    }

    [Fact]
    public void Without_a_pong_the_session_ends_one_timeout_after_the_ping()
    {
        _session.Tick(At(25), null);

        Assert.Equal(At(45), _session.NextDeadline);
        Assert.Equal(TickOutcome.None, _session.Tick(At(44.9), null));
        Assert.False(_session.IsExpired(At(44.9), null));
        Assert.True(_session.IsExpired(At(45), null));
        Assert.Equal(TickOutcome.PingTimeout, _session.Tick(At(45), null));
    }

    [Theory]
    [InlineData(25.04)]
    [InlineData(30)]
    [InlineData(44.9)]
    public void A_late_tick_gives_the_client_no_more_time(double late)
    {
        Assert.Equal(TickOutcome.SendPing, _session.Tick(At(late), null));

        Assert.Equal(At(45), _session.NextDeadline);
        Assert.True(_session.IsExpired(At(45), null));
    }

    [Fact]
    public void A_client_that_vanished_is_gone_in_time_even_if_no_timer_ever_ran()
    {
        Assert.False(_session.IsExpired(At(44.9), null));
        Assert.True(_session.IsExpired(At(45), null));
    }

    [Fact]
    public void An_unsolicited_pong_moves_nothing()
    {
        _session.OnPacket(0, Pong, At(20));
        Assert.Equal(At(25), _session.NextDeadline);

        _session.Tick(At(25), null);
        _session.OnPacket(0, Pong, At(26));
        _session.OnPacket(0, Pong, At(40));
        Assert.Equal(At(51), _session.NextDeadline);
    }

    [Fact]
    public void Other_packets_are_no_pongs()
    {
        _session.Tick(At(25), null);
        _session.OnPacket(0, new EnginePacket(EnginePacketType.Message, default, false), At(30));

        Assert.True(_session.IsExpired(At(45), null));
    }

    [Fact]
    public void While_the_server_does_not_read_the_deadline_is_put_off()
    {
        _session.Tick(At(25), null);
        var stall = new ReadStall(At(30), null);

        Assert.False(_session.IsExpired(At(45), stall));
        Assert.Equal(TickOutcome.None, _session.Tick(At(45), stall));
        Assert.Equal(At(65), _session.NextDeadline);
        Assert.False(_session.IsExpired(At(200), stall));
    }

    [Fact]
    public void After_a_stall_the_client_has_its_time_again()
    {
        _session.Tick(At(25), null);
        var stall = new ReadStall(At(30), At(100));

        Assert.False(_session.IsExpired(At(119.9), stall));
        Assert.True(_session.IsExpired(At(120), stall));
        Assert.Equal(TickOutcome.PingTimeout, _session.Tick(At(120), stall));
    }

    [Fact]
    public void A_stall_puts_the_deadline_off_within_its_bound()
    {
        _session.Tick(At(25), null);
        var stall = new ReadStall(At(30), null);

        Assert.False(_session.IsExpired(At(349.9), stall));
        Assert.True(_session.IsExpired(At(350), stall));
        Assert.Equal(TickOutcome.PingTimeout, _session.Tick(At(350), stall));
    }

    [Fact]
    public void An_old_stall_takes_no_time_away()
    {
        _session.Tick(At(25), null);

        Assert.False(_session.IsExpired(At(44.9), new ReadStall(At(1), At(2))));
        Assert.True(_session.IsExpired(At(45), new ReadStall(At(1), At(2))));
    }

    [Fact]
    public void Whatever_happens_a_silent_client_is_gone_at_its_deadline_and_no_earlier()
    {
        // Ticks at any times, and pongs to some of the pings.
        var steps = Gen.Choose(1, 30_000).Zip(Gen.Choose(0, 3)).ListOf();
        Properties.ForAll(steps, list =>
        {
            var session = new EngineSession(Timing, EngineTransport.WebSocket, At(0));
            var lastAnswer = At(0);
            var now = At(0);
            foreach (var (milliseconds, action) in list)
            {
                now += TimeSpan.FromMilliseconds(milliseconds);
                var isDead = now >= lastAnswer + Timing.PingInterval + Timing.PingTimeout;
                Assert.Equal(isDead, session.IsExpired(now, null));
                if (isDead)
                {
                    return;
                }

                var due = session.NextDeadline;
                if (action == 0 && due > lastAnswer + Timing.PingInterval)
                {
                    session.OnPacket(0, Pong, now);
                    lastAnswer = now;
                }
                else
                {
                    Assert.Equal(now >= due ? TickOutcome.SendPing : TickOutcome.None, session.Tick(now, null));
                }
            }
        });
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
