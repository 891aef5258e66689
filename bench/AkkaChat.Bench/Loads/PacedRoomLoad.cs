using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Loads;

/// <summary>
/// So many messages per second of each publisher, whether the server keeps up or not. The time stamp is the moment at which the
/// message was due, so a generator or server that falls behind is seen in the latency.
/// </summary>
internal sealed class PacedRoomLoad : RoomLoad
{
    private readonly long _interval;
    private long _nextDue = long.MaxValue;

    public PacedRoomLoad(
        ClientLoop loop, IReadOnlyList<Client> clients, IProtocol protocol, RoomShape shape, int perSecond)
        : base(loop, clients, protocol, shape) => _interval = Clock.Second / perSecond;

    public override long NextDue => IsStopped ? long.MaxValue : _nextDue;

    public override void Start() => _nextDue = Clock.Now;

    public override void Tick(long now)
    {
        for (; now >= NextDue; _nextDue += _interval)
        {
            foreach (var publisher in Publishers)
            {
                Publish(publisher, _nextDue);
            }
        }
    }

    protected override void Arrived(Publisher publisher, uint sequence)
    {
    }
}
