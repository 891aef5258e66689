using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Loads;

/// <summary>Connects clients, a bounded number of them at once, up to the point at which each may send (and has joined its room).</summary>
internal sealed class Ramp : IClientEvents
{
    private const int AtOnce = 256;
    private const long Limit = 60 * Clock.Second;

    private readonly ClientLoop _loop;
    private readonly Func<int, byte[]>? _joinOf;
    private readonly Func<int, bool> _isSmall;
    private readonly List<Client> _clients = [];
    private int _wanted;
    private int _done;

    /// <param name="loop">The loop of the clients.</param>
    /// <param name="joinOf">The message that puts the client with that index into its room; null if there is none.</param>
    /// <param name="isSmall">Whether the client with that index has little room for what it does not read.</param>
    public Ramp(ClientLoop loop, Func<int, byte[]>? joinOf = null, Func<int, bool>? isSmall = null)
    {
        _loop = loop;
        _joinOf = joinOf;
        _isSmall = isSmall ?? (_ => false);
    }

    /// <summary>The number of the node that the client with that index connects to.</summary>
    public Func<int, int> NodeOf { get; init; } = _ => 0;

    /// <summary>All clients so far.</summary>
    public IReadOnlyList<Client> Clients => _clients;

    /// <summary>Connects so many more; the seconds it took.</summary>
    public double Connect(int count)
    {
        _loop.Listener = this;
        _wanted += count;
        var start = Clock.Now;
        while (_done < _wanted)
        {
            ConnectMore();
            _loop.Turn(timeoutMilliseconds: 100);
            if (Clock.Now - start > Limit)
            {
                throw new BenchException($"after a minute only {_done} of {_wanted} clients were connected.");
            }
        }

        return (double)(Clock.Now - start) / Clock.Second;
    }

    /// <summary>Lets the connected clients be, for that long.</summary>
    public void Idle(TimeSpan time)
    {
        _loop.Listener = this;
        for (var end = Clock.Now + Clock.Nanoseconds(time); Clock.Now < end;)
        {
            _loop.Turn(timeoutMilliseconds: 10);
        }
    }

    public void Ready(Client client)
    {
        if (_joinOf is null)
        {
            Joined(client);
        }
        else
        {
            _loop.Send(client, _joinOf(client.Index));
        }
    }

    public void Joined(Client client)
    {
        _done++;
        ConnectMore();
    }

    public void Lost(Client client, string reason) =>
        throw new BenchException($"client {client.Index} was lost when {_done} were connected: {reason}");

    public void Delivered(Client client, in Stamp stamp, long now)
    {
    }

    public void Echoed(Client client, in Stamp stamp, long now)
    {
    }

    private void ConnectMore()
    {
        // As many again as are in: a fresh server that compiles its code lets few in within the time it gives a client.
        var atOnce = Math.Min(AtOnce, _done + 1);
        while (_clients.Count < _wanted && _clients.Count - _done < atOnce)
        {
            _clients.Add(_loop.Connect(_isSmall(_clients.Count), NodeOf(_clients.Count)));
        }
    }
}
