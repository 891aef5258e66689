using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.Protocols;

namespace AkkaChat.Bench.Loads;

/// <summary>Each client asks for echoes, so many at once; a delivery here is a round trip.</summary>
internal sealed class EchoLoad : ILoad, IClientEvents
{
    private readonly ClientLoop _loop;
    private readonly IReadOnlyList<Client> _clients;
    private readonly StampedMessage[] _messages;
    private bool _isStopped;

    public EchoLoad(
        ClientLoop loop, IReadOnlyList<Client> clients, IProtocol protocol, int outstanding, int payloadLength)
    {
        _loop = loop;
        _clients = clients;
        _messages = [.. Enumerable.Range(1, outstanding).Select(ackId => protocol.Echo(ackId, payloadLength))];
    }

    public Measurement Measurement { get; } = new();

    public long NextDue => long.MaxValue;

    public void Start()
    {
        foreach (var client in _clients)
        {
            for (var count = 0; count < _messages.Length; count++)
            {
                SendNext(client);
            }
        }
    }

    public void Tick(long now)
    {
    }

    public void Stop() => _isStopped = true;

    public void Echoed(Client client, in Stamp stamp, long now)
    {
        if (Measurement.Take(client.Received, stamp, client.Index, now) && !_isStopped)
        {
            SendNext(client);
        }
    }

    public void Lost(Client client, string reason) =>
        throw new BenchException($"client {client.Index} was lost under load: {reason}");

    public void Ready(Client client)
    {
    }

    public void Joined(Client client)
    {
    }

    public void Delivered(Client client, in Stamp stamp, long now)
    {
    }

    private void SendNext(Client client)
    {
        var sequence = client.Sent++;
        Measurement.Expected++;
        var message = _messages[sequence % (uint)_messages.Length];
        _loop.Send(client, message.With(new Stamp(Clock.Now, sequence, (uint)client.Index)));
    }
}
