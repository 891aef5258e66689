using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Loads;

/// <summary>Each client joins rooms of its own, one after the other.</summary>
internal sealed class JoinLoad(ClientLoop loop, IProtocol protocol, int roomsEach) : IClientEvents
{
    private const long Limit = 300 * Clock.Second;

    private int _joined;

    /// <summary>Joins all; the seconds it took.</summary>
    public double Run(IReadOnlyList<Client> clients)
    {
        loop.Listener = this;
        var start = Clock.Now;
        foreach (var client in clients)
        {
            JoinNext(client);
        }

        for (var wanted = clients.Count * roomsEach; _joined < wanted;)
        {
            loop.Turn(timeoutMilliseconds: 100);
            if (Clock.Now - start > Limit)
            {
                throw new BenchException($"after {Limit / Clock.Second} s only {_joined} of {wanted} rooms were joined.");
            }
        }

        return (double)(Clock.Now - start) / Clock.Second;
    }

    public void Joined(Client client)
    {
        _joined++;
        if (client.Sent < roomsEach)
        {
            JoinNext(client);
        }
    }

    public void Lost(Client client, string reason) =>
        throw new BenchException($"client {client.Index} was lost when {_joined} rooms were joined: {reason}");

    public void Ready(Client client)
    {
    }

    public void Delivered(Client client, in Stamp stamp, long now)
    {
    }

    public void Echoed(Client client, in Stamp stamp, long now)
    {
    }

    private void JoinNext(Client client) => loop.Send(client, protocol.Join($"room-{client.Index}-{client.Sent++}"));
}
