using System.Buffers;
using System.Text;
using AkkaChat.Bench.Messages;
using AkkaChat.Bench.Net;
using AkkaChat.Bench.Protocols;
using AkkaChat.Bench.WebSockets;

namespace AkkaChat.Bench.Clients;

/// <summary>
/// All clients of one run on one thread: waits for their sockets, reads frames where they lie in one shared buffer, answers
/// pings, and tells the listening phase what came. Nothing is allocated per message.
/// </summary>
internal sealed class ClientLoop : IEventLoop, IDisposable
{
    private const int BufferLength = 1 << 20;
    private const int AnswersLength = 1 << 16;
    private const int ClientsPerAddress = 1_000;
    private const uint FirstSourceAddress = 0x7F000101; // 127.0.1.1

    private readonly Epoll _epoll = new();
    private readonly IProtocol _protocol;
    private readonly IReadOnlyList<int> _ports;
    private readonly byte[] _request;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);
    private readonly List<Client> _clients = [];
    private readonly List<Client> _stalled = [];
    private readonly byte[] _answers = GC.AllocateUninitializedArray<byte>(AnswersLength, pinned: true);
    private Client? _answering;
    private int _answersCount;
    private long _nextStalledPong;

    /// <param name="protocol">How the server is spoken to.</param>
    /// <param name="ports">Those of its nodes.</param>
    public ClientLoop(IProtocol protocol, IReadOnlyList<int> ports)
    {
        _protocol = protocol;
        _ports = ports;
        _request = Upgrade.RequestFor(protocol.Path, ports[0]);
    }

    /// <summary>The phase that is told of what happens.</summary>
    public IClientEvents Listener { get; set; } = null!;

    /// <summary>
    /// Begins to connect another client, to the node with that number (counted around if there are fewer). A small one has
    /// little room for what it does not read.
    /// </summary>
    public Client Connect(bool small = false, int node = 0)
    {
        var index = _clients.Count;
        var client = new Client(index, NativeSocket.Connect(FirstSourceAddress + (uint)(index / ClientsPerAddress), _ports[node % _ports.Count], small));
        _clients.Add(client);
        _epoll.Add(client.Socket, index, Readiness.Write);
        return client;
    }

    /// <summary>
    /// Sends frames that are ready to go. What a client says to what one read has brought it goes out in one write: else
    /// this thread's many small ones would be what is measured.
    /// </summary>
    public void Send(Client client, ReadOnlySpan<byte> frames)
    {
        if (client != _answering)
        {
            SendNow(client, frames);
            return;
        }

        if (frames.Length > _answers.Length - _answersCount)
        {
            SendAnswers(client);
        }

        if (frames.Length > _answers.Length)
        {
            SendNow(client, frames);
            return;
        }

        frames.CopyTo(_answers.AsSpan(_answersCount));
        _answersCount += frames.Length;
    }

    /// <summary>From now on the client reads nothing more; it still answers the pings that it must be getting.</summary>
    public void StopReading(Client client)
    {
        client.Reads = false;
        _stalled.Add(client);
        Watch(client);
    }

    /// <summary>Ends a client's connection.</summary>
    public void Close(Client client)
    {
        if (client.State != ClientState.Closed)
        {
            client.State = ClientState.Closed;
            LibC.Close(client.Socket);
        }
    }

    /// <inheritdoc/>
    public void Turn(int timeoutMilliseconds)
    {
        var count = _epoll.Wait(timeoutMilliseconds);
        for (var index = 0; index < count; index++)
        {
            var (tag, ready) = _epoll[index];
            Handle(_clients[tag], ready);
        }

        if (_stalled.Count > 0 && Clock.Now >= _nextStalledPong)
        {
            _nextStalledPong = Clock.Now + Clock.Second;
            _stalled.ForEach(client => Send(client, _protocol.Pong));
        }
    }

    public void Dispose()
    {
        _clients.ForEach(Close);
        _epoll.Dispose();
    }

    private void SendAnswers(Client client)
    {
        if (_answersCount > 0)
        {
            SendNow(client, _answers.AsSpan(0, _answersCount));
            _answersCount = 0;
        }
    }

    private void SendNow(Client client, ReadOnlySpan<byte> frames)
    {
        var hadUnsent = client.HasUnsent;
        if (client.State == ClientState.Closed)
        {
            return;
        }

        if (!client.TrySend(frames))
        {
            Lose(client, "a send failed");
        }
        else if (client.HasUnsent && !hadUnsent)
        {
            Watch(client);
        }
    }

    private void Handle(Client client, Readiness ready)
    {
        if (client.State == ClientState.Connecting)
        {
            client.State = ClientState.Upgrading;
            Send(client, _request);
            Watch(client);
            return;
        }

        if (ready.HasFlag(Readiness.Write) && client.State != ClientState.Closed)
        {
            SendKept(client);
        }

        // Not only bytes: an error or a hang-up is found by reading, too.
        if (ready != Readiness.Write && client.State != ClientState.Closed)
        {
            Receive(client);
        }
    }

    private void SendKept(Client client)
    {
        if (!client.TrySendKept())
        {
            Lose(client, "a send failed");
        }
        else if (!client.HasUnsent)
        {
            Watch(client);
        }
    }

    private void Watch(Client client)
    {
        if (client.State != ClientState.Closed)
        {
            var interest = (client.Reads ? Readiness.Read : Readiness.None)
                | (client.HasUnsent ? Readiness.Write : Readiness.None);
            _epoll.Modify(client.Socket, client.Index, interest);
        }
    }

    private void Receive(Client client)
    {
        var carried = client.TakeCarry(_buffer);
        var received = NativeSocket.Receive(client.Socket, _buffer.AsSpan(carried));
        if (received == 0)
        {
            Lose(client, "the server closed the connection");
            return;
        }

        var data = _buffer.AsSpan(0, carried + Math.Max(0, received));
        var used = client.State == ClientState.Upgrading ? ReadUpgrade(client, data) : 0;
        if (client.State == ClientState.Open)
        {
            _answering = client;
            used += ReadFrames(client, data[used..]);
            _answering = null;
            SendAnswers(client);
        }

        client.KeepCarry(data[used..]);
    }

    private int ReadUpgrade(Client client, ReadOnlySpan<byte> data)
    {
        var length = Upgrade.ResponseLength(data);
        if (length < 0)
        {
            Lose(client, "the server refused the WebSocket");
            return data.Length;
        }

        if (length > 0)
        {
            client.State = ClientState.Open;
            Open(client);
        }

        return length;
    }

    private void Open(Client client)
    {
        switch (_protocol.Greeting)
        {
            case Greeting.None:
                Listener.Ready(client);
                break;
            case Greeting.ByClient:
                Send(client, _protocol.HelloOf(client.Index));
                break;
        }
    }

    private int ReadFrames(Client client, ReadOnlySpan<byte> data)
    {
        var used = 0;
        var now = Clock.Now;
        while (FrameHeader.TryRead(data[used..], out var frame) && frame.FrameLength <= data.Length - used)
        {
            Take(client, frame, data.Slice(used + frame.Length, frame.PayloadLength), now);
            used += frame.FrameLength;
            if (client.State == ClientState.Closed)
            {
                return data.Length;
            }
        }

        return used;
    }

    private void Take(Client client, in FrameHeader frame, ReadOnlySpan<byte> payload, long now)
    {
        switch (frame.Opcode)
        {
            case Opcode.Text or Opcode.Binary when frame.IsFinal:
                TakeMessages(client, frame.Opcode, payload, now);
                break;
            case Opcode.Text or Opcode.Binary or Opcode.Continuation:
                TakeFragment(client, frame, payload, now);
                break;
            case Opcode.Ping:
                Send(client, ClientFrame.Of(Opcode.Pong, payload));
                break;
            case Opcode.Close:
                Lose(client, "the server closed the WebSocket, " + CloseFrame.TextOf(payload));
                break;
        }
    }

    private void TakeFragment(Client client, in FrameHeader frame, ReadOnlySpan<byte> payload, long now)
    {
        client.Fragments.Write(payload);
        if (frame.IsFinal)
        {
            // The servers that fragment send text.
            TakeMessages(client, Opcode.Text, client.Fragments.WrittenSpan, now);
            client.Fragments.ResetWrittenCount();
        }
    }

    private void TakeMessages(Client client, Opcode opcode, ReadOnlySpan<byte> payload, long now)
    {
        while (payload.Length > 0)
        {
            var length = _protocol.Read(opcode, payload, out var incoming);
            TakeMessage(client, incoming, payload[..length], now);
            payload = payload[length..];
        }
    }

    private void TakeMessage(Client client, Incoming incoming, ReadOnlySpan<byte> message, long now)
    {
        switch (incoming)
        {
            case Incoming.Delivery when Stamp.TryRead(message, out var stamp):
                Listener.Delivered(client, stamp, now);
                break;
            case Incoming.Ack when Stamp.TryRead(message, out var stamp):
                Listener.Echoed(client, stamp, now);
                break;
            case Incoming.Ack:
                Listener.Joined(client);
                break;
            case Incoming.ForListener:
                Listener.Received(client, message, now);
                break;
            case Incoming.Ping:
                Send(client, _protocol.Pong);
                break;
            case Incoming.Greeting:
                Send(client, _protocol.HelloOf(client.Index));
                break;
            case Incoming.Ready:
                Listener.Ready(client);
                break;
            case Incoming.Refused or Incoming.Delivery:
                Lose(client, "the server sent something unexpected: " + Encoding.UTF8.GetString(message));
                break;
        }
    }

    private void Lose(Client client, string reason)
    {
        if (client.State != ClientState.Closed)
        {
            Close(client);
            Listener.Lost(client, reason);
        }
    }
}
