using AkkaChat.Bench.Clients;

namespace AkkaChat.Bench.Chat;

/// <summary>So many messages per second in all, each in the next room, whether the server keeps up or not.</summary>
internal sealed class PacedChatLoad(
    ClientLoop loop, IReadOnlyList<Client> clients, IReadOnlyList<string> rooms, ChatShape shape, int perSecond)
    : ChatLoad(loop, clients, rooms, shape)
{
    private readonly long _interval = Clock.Second / perSecond;
    private readonly int _rooms = shape.Rooms;
    private readonly int _speakersPerRoom = shape.Speakers;
    private long _nextDue = long.MaxValue;
    private int _said;

    public override long NextDue => IsStopped ? long.MaxValue : _nextDue;

    public override void Start() => _nextDue = Clock.Now;

    public override void Tick(long now)
    {
        for (; now >= NextDue; _nextDue += _interval)
        {
            var room = _said % _rooms;
            var within = _said / _rooms % _speakersPerRoom;
            Say(Speakers[(room * _speakersPerRoom) + within], _nextDue);
            _said++;
        }
    }

    protected override void Acked(Speaker speaker)
    {
    }
}
