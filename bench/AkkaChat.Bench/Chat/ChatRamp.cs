using System.Text;
using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Chat;

/// <summary>Connects people, a bounded number at once: each logs in, becomes a member of its room and enters it.</summary>
/// <param name="loop">The loop of the clients.</param>
/// <param name="protocol">With the people's tokens.</param>
/// <param name="roomOf">The id of the room of the client with that index.</param>
internal sealed class ChatRamp(ClientLoop loop, ChatProtocol protocol, Func<int, string> roomOf) : IClientEvents
{
    private const int AtOnce = 64;
    private const long Limit = 120 * Clock.Second;

    private readonly List<Client> _clients = [];
    private int _done;

    public IReadOnlyList<Client> Clients => _clients;

    /// <summary>Connects so many; the seconds it took.</summary>
    public double Connect(int count)
    {
        loop.Listener = this;
        var start = Clock.Now;
        while (_done < count)
        {
            // As many again as are in: a fresh server compiles its code with the first ones.
            while (_clients.Count < count && _clients.Count - _done < Math.Min(AtOnce, _done + 1))
            {
                _clients.Add(loop.Connect());
            }

            loop.Turn(timeoutMilliseconds: 100);
            if (Clock.Now - start > Limit)
            {
                throw new BenchException($"after {Limit / Clock.Second} s only {_done} of {count} people were in their rooms.");
            }
        }

        return (double)(Clock.Now - start) / Clock.Second;
    }

    public void Ready(Client client) => loop.Send(client, protocol.Join(roomOf(client.Index)));

    public void Received(Client client, ReadOnlySpan<byte> message, long now)
    {
        switch (ChatProtocol.ReadAck(message))
        {
            case (_, false):
                throw new BenchException($"client {client.Index} was refused: {Encoding.UTF8.GetString(message)}");
            case (ChatProtocol.JoinAck, _):
                loop.Send(client, ChatProtocol.Enter(roomOf(client.Index)));
                break;
            case (ChatProtocol.EnterAck, _):
                _done++;
                break;
        }
    }

    public void Lost(Client client, string reason) =>
        throw new BenchException($"client {client.Index} was lost when {_done} people were in: {reason}");

    public void Joined(Client client)
    {
    }

    public void Delivered(Client client, in Stamp stamp, long now)
    {
    }

    public void Echoed(Client client, in Stamp stamp, long now)
    {
    }
}
