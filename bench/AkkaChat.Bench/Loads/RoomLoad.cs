using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Loads;

/// <summary>Rooms of equal size, in each of which the first member speaks to all; how fast is for the derived classes to say.</summary>
internal abstract class RoomLoad : ILoad, IClientEvents
{
    private readonly ClientLoop _loop;
    private readonly Room[] _rooms;

    /// <param name="loop">The loop of the clients.</param>
    /// <param name="clients">Room by room.</param>
    /// <param name="protocol">How to speak.</param>
    /// <param name="shape">How they are distributed, and what is said.</param>
    protected RoomLoad(ClientLoop loop, IReadOnlyList<Client> clients, IProtocol protocol, RoomShape shape)
    {
        _loop = loop;
        _rooms = [.. Enumerable.Range(0, shape.Rooms).Select(number => CreateRoom(number, clients, protocol, shape))];
    }

    public Measurement Measurement { get; } = new();

    public abstract long NextDue { get; }

    /// <summary>How many stalled clients the server has closed.</summary>
    public int StalledClosed { get; private set; }

    protected IReadOnlyList<Room> Rooms => _rooms;

    protected bool IsStopped { get; private set; }

    public abstract void Start();

    public abstract void Tick(long now);

    public void Stop() => IsStopped = true;

    public void Delivered(Client client, in Stamp stamp, long now)
    {
        var room = _rooms[client.Room];
        if (client.Reads && Measurement.Take(client.Received, stamp, room.Number, now))
        {
            Arrived(room, stamp.Sequence);
        }
    }

    public void Lost(Client client, string reason)
    {
        if (client.Reads)
        {
            throw new BenchException($"client {client.Index} was lost under load: {reason}");
        }

        StalledClosed++;
    }

    public void Ready(Client client)
    {
    }

    public void Joined(Client client)
    {
    }

    public void Echoed(Client client, in Stamp stamp, long now)
    {
    }

    /// <summary>One member of the room has got the message with that number.</summary>
    protected abstract void Arrived(Room room, uint sequence);

    /// <summary>The room's publisher says something; its time stamp is the moment at which it had to.</summary>
    protected uint Publish(Room room, long time)
    {
        var sequence = room.Publisher.Sent++;
        Measurement.Expected += room.Readers;
        _loop.Send(room.Publisher, room.Message.With(new Stamp(time, sequence, (uint)room.Number)));
        return sequence;
    }

    private static Room CreateRoom(int number, IReadOnlyList<Client> clients, IProtocol protocol, RoomShape shape)
    {
        var members = clients.Skip(number * shape.Members).Take(shape.Members).ToList();
        members.ForEach(member => member.Room = number);
        var message = protocol.Chat(RoomShape.NameOf(number), shape.PayloadLength, shape.AsBytes);
        return new Room(number, members[0], members.Count(member => member.Reads), message);
    }

    /// <param name="Number">From 0.</param>
    /// <param name="Publisher">The member that speaks.</param>
    /// <param name="Readers">How many members read.</param>
    /// <param name="Message">What is said.</param>
    protected sealed record Room(int Number, Client Publisher, int Readers, StampedMessage Message);
}
