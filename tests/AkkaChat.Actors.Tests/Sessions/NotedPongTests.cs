using AkkaChat.Sessions;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Sessions;

public class NotedPongTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_pong_by_the_transport_that_is_read_so_is_noted_with_its_time()
    {
        var session = Create();
        session.LetPongsBeNoted(generation: 1);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.True(session.TryNotePong(generation: 1));
        Assert.Equal(TimeSpan.FromSeconds(3), session.NotedPong - Start);
    }

    [Fact]
    public void A_pong_by_any_other_transport_goes_to_the_actor()
    {
        var session = Create();
        Assert.False(session.TryNotePong(generation: 0));
        session.LetPongsBeNoted(generation: 1);
        Assert.False(session.TryNotePong(generation: 0));
        Assert.Null(session.NotedPong);
    }

    [Fact]
    public void More_pongs_than_pings_change_nothing()
    {
        var session = Create();
        session.LetPongsBeNoted(generation: 0);
        session.TryNotePong(generation: 0);
        _time.Advance(TimeSpan.FromSeconds(60));
        session.TryNotePong(generation: 0);

        Assert.Equal(Start, session.NotedPong);
    }

    [Fact]
    public void What_was_noted_before_a_ping_is_forgotten()
    {
        var session = Create();
        session.LetPongsBeNoted(generation: 0);
        session.TryNotePong(generation: 0);
        session.ForgetPong();

        Assert.Null(session.NotedPong);
    }

    private TimeSpan Start { get; set; }

    private Session Create()
    {
        Start = _time.Now();
        return new Session("id", new Handshake(), new SessionLimits(1000, 100, 1000), _time);
    }
}
