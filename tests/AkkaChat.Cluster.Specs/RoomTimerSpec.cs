using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using AkkaChat.Sharding;
using AkkaChat.Tests.Support;

namespace AkkaChat.Cluster.Specs;

/// <summary>When rooms look at the clock.</summary>
public sealed class RoomTimerSpec : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Recorder _actor = new();
    private readonly RoomTimer _timer;

    public RoomTimerSpec() => _timer = new RoomTimer(_time, _actor, "tick");

    public void Dispose() => _timer.Dispose();

    [Fact]
    public void A_room_that_is_busy_all_the_time_still_looks_at_the_clock()
    {
        for (var round = 0; round < 10; round++)
        {
            _timer.By(_time.Elapsed + RoomNode.TickEvery);
            _time.Advance(RoomNode.TickEvery / 5);
        }

        Assert.NotEmpty(_actor.Told);
    }

    [Fact]
    public void An_earlier_tick_replaces_a_later_one()
    {
        _timer.By(_time.Elapsed + RoomNode.LingerFor);
        _timer.By(_time.Elapsed + RoomNode.TickEvery);
        _time.Advance(RoomNode.TickEvery);

        Assert.Single(_actor.Told);
    }

    [Fact]
    public void One_tick_comes_until_another_is_asked_for()
    {
        _timer.By(_time.Elapsed + RoomNode.TickEvery);
        _time.Advance(RoomNode.LingerFor);
        _timer.OnTick();
        _time.Advance(RoomNode.LingerFor);
        Assert.Single(_actor.Told);

        _timer.By(_time.Elapsed + RoomNode.TickEvery);
        _time.Advance(RoomNode.TickEvery);
        Assert.Equal(2, _actor.Told.Count);
    }

    [SuppressMessage("Design", "MA0097", Justification = "It is compared with nothing.")]
    private sealed class Recorder : MinimalActorRef
    {
        public List<object> Told { get; } = [];

        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems);

        public override IActorRefProvider Provider => throw new NotSupportedException();

        protected override void TellInternal(object message, IActorRef sender) => Told.Add(message);
    }
}
