using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Loads;

/// <summary>
/// In each room so many messages are under way at once: the next is sent when every member has got one of those. So the server
/// is always busy, and never more than that many messages behind.
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
        _outstanding = outstanding;
        _missing = new int[shape.Rooms * Places];
    }

    public override long NextDue => long.MaxValue;

    public override void Start()
    {
        for (var round = 0; round < _outstanding; round++)
        {
            foreach (var room in Rooms)
            {
                PublishNext(room);
            }
        }
    }

    public override void Tick(long now)
    {
    }

    protected override void Arrived(Room room, uint sequence)
    {
        if (--MissingOf(room, sequence) == 0 && !IsStopped)
        {
            PublishNext(room);
        }
    }

    private void PublishNext(Room room) => MissingOf(room, Publish(room, Clock.Now)) = room.Readers;

    private ref int MissingOf(Room room, uint sequence) => ref _missing[(room.Number * Places) + (int)(sequence % Places)];
}
