using System.Buffers;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Net;

namespace AkkaChat.Bench.Clients;

/// <summary>One connection: its socket, the bytes that wait in either direction, and what its user wants to know of it.</summary>
internal sealed class Client
{
    private byte[] _carry = [];
    private int _carried;
    private byte[] _unsent = [];
    private int _unsentLength;
    private ArrayBufferWriter<byte>? _fragments;
    private SequenceChecker[] _received = [new()];

    public Client(int index, int socket)
    {
        Index = index;
        Socket = socket;
    }

    /// <summary>From 0, in the order of connecting.</summary>
    public int Index { get; }

    public int Socket { get; }

    public ClientState State { get; set; }

    /// <summary>Which numbers this client has got so far, if all come from one publisher.</summary>
    public SequenceChecker Received => ReceivedFrom(0);

    /// <summary>The number of the room it is in.</summary>
    public int Room { get; private set; }

    /// <summary>The beginning of a message whose other frames are still to come.</summary>
    public ArrayBufferWriter<byte> Fragments => _fragments ??= new ArrayBufferWriter<byte>();

    /// <summary>How many messages it has sent.</summary>
    public uint Sent { get; set; }

    /// <summary>False for a client that stalls.</summary>
    public bool Reads { get; set; } = true;

    public bool HasUnsent => _unsentLength > 0;

    /// <summary>The client is in that room, in which so many speak.</summary>
    public void Enter(int room, int publishers)
    {
        Room = room;
        _received = [.. Enumerable.Range(0, publishers).Select(_ => new SequenceChecker())];
    }

    /// <summary>Which numbers of that publisher of its room this client has got so far.</summary>
    public SequenceChecker ReceivedFrom(int publisher) => _received[publisher];

    /// <summary>Gives the bytes of an incomplete frame back, to be continued behind them.</summary>
    public int TakeCarry(Span<byte> buffer)
    {
        _carry.AsSpan(0, _carried).CopyTo(buffer);
        var length = _carried;
        _carried = 0;
        return length;
    }

    /// <summary>Keeps the bytes of an incomplete frame; the array stays, so a steady load allocates nothing.</summary>
    public void KeepCarry(ReadOnlySpan<byte> rest)
    {
        if (_carry.Length < rest.Length)
        {
            _carry = new byte[rest.Length * 2];
        }

        rest.CopyTo(_carry);
        _carried = rest.Length;
    }

    /// <summary>Sends, or keeps what the socket does not take; false if the connection is broken.</summary>
    public bool TrySend(ReadOnlySpan<byte> data)
    {
        if (HasUnsent)
        {
            KeepUnsent(data);
            return true;
        }

        var sent = NativeSocket.Send(Socket, data);
        if (sent == 0)
        {
            return false;
        }

        KeepUnsent(data[Math.Max(0, sent)..]);
        return true;
    }

    /// <summary>Sends what was kept, as much of it as goes; false if the connection is broken.</summary>
    public bool TrySendKept()
    {
        var kept = _unsent.AsSpan(0, _unsentLength);
        var sent = NativeSocket.Send(Socket, kept);
        if (sent > 0)
        {
            kept[sent..].CopyTo(kept);
            _unsentLength -= sent;
        }

        return sent != 0;
    }

    private void KeepUnsent(ReadOnlySpan<byte> data)
    {
        if (_unsent.Length - _unsentLength < data.Length)
        {
            Array.Resize(ref _unsent, (_unsentLength + data.Length) * 2);
        }

        data.CopyTo(_unsent.AsSpan(_unsentLength));
        _unsentLength += data.Length;
    }
}
