using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Loads;

/// <summary>
/// In each room so many messages are under way at once, its publishers' in equal parts: the next is sent when every member has
/// got one of those. So the server is always busy, and never more than that many messages behind.
/// </summary>
internal sealed class ClosedRoomLoad : RoomLoad
{
    // More than may be outstanding, so that a number's place is free again when its turn comes.
    private const int Places = 64;

    private readonly int _outstanding;
    private readonly int[] _missing;

    public ClosedRoomLoad(
        ClientLoop loop, IReadOnlyList<Client> clients, IProtocol protocol, RoomShape shape, int outstanding)
        : base(loop, clients, protocol, shape)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(outstanding, Places);
        ArgumentOutOfRangeException.ThrowIfLessThan(outstanding, shape.Publishers);
        _outstanding = outstanding / shape.Publishers;
        _missing = new int[shape.Rooms * shape.Publishers * Places];
    }

    public override long NextDue => long.MaxValue;

    public override void Start()
    {
        for (var round = 0; round < _outstanding; round++)
        {
            foreach (var publisher in Publishers)
            {
                PublishNext(publisher);
            }
        }
    }

    public override void Tick(long now)
    {
    }

    protected override void Arrived(Publisher publisher, uint sequence)
    {
        if (--MissingOf(publisher, sequence) == 0 && !IsStopped)
        {
            PublishNext(publisher);
        }
    }

    private void PublishNext(Publisher publisher) => MissingOf(publisher, Publish(publisher, Clock.Now)) = publisher.Readers;

    private ref int MissingOf(Publisher publisher, uint sequence) => ref _missing[(publisher.Number * Places) + (int)(sequence % Places)];
}
