using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Loads;

/// <summary>Rooms of equal size, in each of which the first members speak to all; how fast is for the derived classes to say.</summary>
internal abstract class RoomLoad : ILoad, IClientEvents
{
    private readonly ClientLoop _loop;
    private readonly Publisher[] _publishers;
    private readonly int _publishersPerRoom;

    /// <param name="loop">The loop of the clients.</param>
    /// <param name="clients">Room by room.</param>
    /// <param name="protocol">How to speak.</param>
    /// <param name="shape">How they are distributed, and what is said.</param>
    protected RoomLoad(ClientLoop loop, IReadOnlyList<Client> clients, IProtocol protocol, RoomShape shape)
    {
        _loop = loop;
        _publishersPerRoom = shape.Publishers;
        _publishers = [.. Enumerable.Range(0, shape.Rooms).SelectMany(room => PublishersOf(room, clients, protocol, shape))];
    }

    public Measurement Measurement { get; } = new();

    public abstract long NextDue { get; }

    /// <summary>How many stalled clients the server has closed.</summary>
    public int StalledClosed { get; private set; }

    protected IReadOnlyList<Publisher> Publishers => _publishers;

    protected bool IsStopped { get; private set; }

    public abstract void Start();

    public abstract void Tick(long now);

    public void Stop() => IsStopped = true;

    public void Delivered(Client client, in Stamp stamp, long now)
    {
        // Of another room: then the number is not that of this room's publisher, and counts as misrouted.
        var within = (int)(stamp.Publisher % (uint)_publishersPerRoom);
        var publisher = _publishers[(client.Room * _publishersPerRoom) + within];
        if (client.Reads && Measurement.Take(client.ReceivedFrom(within), stamp, publisher.Number, now))
        {
            Arrived(publisher, stamp.Sequence);
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

    /// <summary>One member of the room has got that publisher's message with that number.</summary>
    protected abstract void Arrived(Publisher publisher, uint sequence);

    /// <summary>The publisher says something; its time stamp is the moment at which it had to.</summary>
    protected uint Publish(Publisher publisher, long time)
    {
        var sequence = publisher.Client.Sent++;
        Measurement.Expected += publisher.Readers;
        _loop.Send(publisher.Client, publisher.Message.With(new Stamp(time, sequence, (uint)publisher.Number)));
        return sequence;
    }

    private static IEnumerable<Publisher> PublishersOf(int room, IReadOnlyList<Client> clients, IProtocol protocol, RoomShape shape)
    {
        var members = clients.Skip(room * shape.Members).Take(shape.Members).ToList();
        members.ForEach(member => member.Enter(room, shape.Publishers));
        var readers = members.Count(member => member.Reads);
        var message = protocol.Chat(RoomShape.NameOf(room), shape.PayloadLength, shape.AsBytes);
        return members.Take(shape.Publishers).Select((member, index) => new Publisher((room * shape.Publishers) + index, member, readers, message));
    }

    /// <param name="Number">From 0, over all rooms.</param>
    /// <param name="Client">The member that speaks.</param>
    /// <param name="Readers">How many members of its room read.</param>
    /// <param name="Message">What is said.</param>
    protected sealed record Publisher(int Number, Client Client, int Readers, StampedMessage Message);
}
