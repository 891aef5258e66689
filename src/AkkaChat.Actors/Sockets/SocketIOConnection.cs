using AkkaChat.Delivery;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Sessions;

namespace AkkaChat.Sockets;

/// <summary>
/// Socket.IO over one session: decodes packets, keeps the client's socket in each namespace, and runs the handlers in
/// order. Used by the session's actor only.
/// </summary>
internal sealed class SocketIOConnection : ISessionApplication
{
    private static readonly Connect InvalidNamespace = Connect.Refuse("Invalid namespace");

    private readonly AkkaChatServer _server;
    private readonly ISessionHost _host;
    private readonly IPacketDecoder _decoder;
    private readonly Dictionary<string, HandlerQueue> _sockets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _departed = new(StringComparer.Ordinal);
    private readonly HandlerRunner _runner;
    private readonly ResolvingNamespaces _resolving;
    private TimeSpan? _connectDeadline;
    private TimeSpan? _packetDeadline;
    private bool _isClosed;

    public SocketIOConnection(AkkaChatServer server, ISessionHost host)
    {
        _server = server;
        _host = host;
        _runner = new HandlerRunner(host);
        _resolving = new ResolvingNamespaces(server, host);
        _decoder = server.Serializer.Format.CreateDecoder(server.Settings.ProtocolLimits, IsLegacy);
        _connectDeadline = server.Time.Now() + server.Settings.ConnectTimeout;
    }

    /// <inheritdoc/>
    public bool IsIdle => _runner.IsIdle && _resolving.Count == 0;

    /// <inheritdoc/>
    public TimeSpan? NextDeadline => _connectDeadline is { } connect && _packetDeadline is { } packet
        ? (connect < packet ? connect : packet)
        : _connectDeadline ?? _packetDeadline;

    /// <summary>Revision 4 of the protocol, that of socket.io-client 2, is what clients speak on Engine.IO 3.</summary>
    private bool IsLegacy => _host.Session.Dialect.IsLegacy;

    /// <inheritdoc/>
    /// <remarks>A legacy client joins the main namespace without asking.</remarks>
    public void OnOpened()
    {
        if (IsLegacy)
        {
            OnConnect(new SocketPacket { Type = SocketPacketType.Connect, Namespace = _server.Main.Name });
        }
    }

    /// <inheritdoc/>
    public void OnMessage(in EnginePacket message)
    {
        var before = _decoder.PendingBytes;
        var result = message.IsBinary
            ? _decoder.AddBinary(message.Data, out var packet, out var error)
            : _decoder.AddText(message.Data, out packet, out error);
        _host.Session.Window.Release(message.Data.Length);
        switch (result)
        {
            case DecodeResult.Packet:
                _packetDeadline = null;
                OnPacket(packet!, (int)Math.Min(int.MaxValue, before + message.Data.Length));
                break;
            case DecodeResult.NeedMore:
                OnPartOfPacket();
                break;
            case DecodeResult.Error:
            default:
                Refuse(error.Reason);
                break;
        }
    }

    /// <inheritdoc/>
    public void OnTick(TimeSpan now)
    {
        if (now >= _connectDeadline)
        {
            _connectDeadline = null;
            _host.Close(CloseReason.ConnectTimeout);
        }
        else if (now >= _packetDeadline)
        {
            Refuse("the attachments of a packet did not all come in time");
        }
    }

    /// <inheritdoc/>
    public void OnHandlerCompleted(object queue)
    {
        if (queue is ResolvingNamespace resolving)
        {
            OnResolved(resolving);
        }
        else
        {
            _runner.OnCompleted((RunningHandler)queue);
        }
    }

    /// <inheritdoc/>
    public void OnDisconnectSocket(Socket socket, bool close, Operation operation)
    {
        if (close)
        {
            foreach (var handlers in _sockets.Values.ToArray())
            {
                handlers.Socket.TryCloseOutput(sayGoodbye: handlers.Socket.Connected);
                Leave(handlers, CloseReason.ServerNamespaceDisconnect);
            }

            _host.Finish(CloseReason.ForcedServerClose);
        }
        else if (_sockets.TryGetValue(socket.Namespace.Name, out var handlers) && handlers.Socket == socket)
        {
            PutOut(handlers);
        }

        operation.Done();
    }

    /// <inheritdoc/>
    public void OnClosed(CloseReason reason)
    {
        _isClosed = true;
        foreach (var handlers in _sockets.Values.ToArray())
        {
            Leave(handlers, reason);
        }
    }

    private void OnPacket(SocketPacket packet, int size)
    {
        if (packet.Type == SocketPacketType.Connect)
        {
            OnConnect(packet);
        }
        else if (_resolving.TryKeep(packet, size))
        {
            return;
        }
        else if (!_sockets.TryGetValue(packet.Namespace, out var handlers))
        {
            OnUnjoined(packet);
        }
        else
        {
            OnJoined(packet, handlers, size);
        }
    }

    private void OnJoined(SocketPacket packet, HandlerQueue handlers, int size)
    {
        switch (packet.Type)
        {
            case SocketPacketType.Event:
                _runner.Add(handlers, new EventRun(OwnerOf(handlers), handlers.Socket, packet, size));
                break;
            case SocketPacketType.Ack:
                handlers.Socket.OnAck(
                    packet.AckId ?? -1, new EventArguments(packet.Arguments, packet.Attachments, _server.Serializer));
                break;
            case SocketPacketType.Disconnect:
                Leave(handlers, CloseReason.ClientNamespaceDisconnect);
                break;
            default:
                Refuse($"a client may not send {packet.Type}");
                break;
        }
    }

    /// <summary>
    /// A client that has just been refused or put out cannot know it yet, so what it sends there is dropped. From any
    /// other it is a violation.
    /// </summary>
    private void OnUnjoined(SocketPacket packet)
    {
        if (!_departed.Contains(packet.Namespace) || packet.Type == SocketPacketType.ConnectError)
        {
            Refuse($"{packet.Type} in namespace '{packet.Namespace}', which the client has not joined");
        }
    }

    private void OnConnect(SocketPacket packet)
    {
        if (_sockets.ContainsKey(packet.Namespace) || _resolving.Contains(packet.Namespace))
        {
            Refuse($"a second CONNECT to namespace '{packet.Namespace}'");
        }
        else if (_sockets.Count + _resolving.Count >= _server.Settings.MaxNamespacesPerConnection)
        {
            SendError(packet.Namespace, Connect.Refuse("Too many namespaces on one connection"));
        }
        else if (_server.FindNamespace(packet.Namespace) is { } owner)
        {
            Admit(owner, packet);
        }
        else if (!_server.HasDynamicNamespaces)
        {
            SendError(packet.Namespace, InvalidNamespace);
        }
        else if (_resolving.Ask(packet) is { } resolved)
        {
            OnResolved(resolved);
        }
    }

    private void OnResolved(ResolvingNamespace resolved)
    {
        _resolving.End(resolved);
        if (_isClosed)
        {
            return;
        }

        if (resolved.Found is { } owner)
        {
            Admit(owner, resolved.Connect);
        }
        else
        {
            SendError(resolved.Connect.Namespace, InvalidNamespace);
        }

        foreach (var (packet, size) in resolved.Waiting)
        {
            OnPacket(packet, size);
        }
    }

    private void Admit(Namespace owner, SocketPacket packet)
    {
        var handshake = _host.Session.Handshake;
        if (!packet.Payload.IsEmpty)
        {
            handshake = handshake.WithAuth(new EventArgument(packet.Payload, [], _server.Serializer));
        }

        var socket = new Socket(owner, _host.Session, handshake);
        owner.Enlist(socket);
        var handlers = new HandlerQueue(socket);
        _departed.Remove(owner.Name);
        _sockets.Add(owner.Name, handlers);
        _runner.Add(handlers, new ConnectRun(owner, socket, packet.Payload.Length, decision => Decide(handlers, decision)));
    }

    private void Decide(HandlerQueue handlers, Connect decision)
    {
        var socket = handlers.Socket;
        var name = socket.Namespace.Name;
        if (!_sockets.TryGetValue(name, out var current) || current != handlers)
        {
            return;
        }

        if (decision.IsAccepted)
        {
            _connectDeadline = null;
            socket.Open();
            return;
        }

        TurnAway(handlers, decision);
    }

    /// <summary>A client that was not let in, or was put out before it was: it learns so by CONNECT_ERROR.</summary>
    private void TurnAway(HandlerQueue handlers, Connect refusal)
    {
        var name = handlers.Socket.Namespace.Name;
        _sockets.Remove(name);
        handlers.Socket.Leave();
        _runner.Drop(handlers);
        SendError(name, refusal);
    }

    private void Leave(HandlerQueue handlers, CloseReason reason)
    {
        var socket = handlers.Socket;
        var wasConnected = socket.Connected;
        _sockets.Remove(socket.Namespace.Name);
        socket.Leave();
        if (wasConnected)
        {
            _runner.Add(handlers, new DisconnectRun(OwnerOf(handlers), socket, reason));
        }
        else
        {
            _runner.Drop(handlers);
        }
    }

    private void PutOut(HandlerQueue handlers)
    {
        if (!handlers.Socket.Connected)
        {
            TurnAway(handlers, ConnectRun.Rejected);
            return;
        }

        RememberDeparted(handlers.Socket.Namespace.Name);
        Leave(handlers, CloseReason.ServerNamespaceDisconnect);
    }

    private void OnPartOfPacket()
    {
        if (_decoder.PendingNamespace is { } name
            && !_sockets.ContainsKey(name) && !_departed.Contains(name) && !_resolving.Contains(name))
        {
            Refuse($"a binary packet for namespace '{name}', which the client has not joined");
            return;
        }

        _packetDeadline ??= _server.Time.Now() + _server.Settings.PingInterval + _server.Settings.PingTimeout;
    }

    private void RememberDeparted(string name)
    {
        if (_departed.Count < _server.Settings.MaxNamespacesPerConnection)
        {
            _departed.Add(name);
        }
    }

    private void SendError(string name, Connect refusal)
    {
        RememberDeparted(name);
        _host.Session.Outbox.TryAdd(_server.Serializer.ConnectError(name, refusal, IsLegacy));
    }

    private void Refuse(string why)
    {
        if (!_isClosed)
        {
            _server.Log.ProtocolViolation(_host.Session.LogName, why);
            _host.Close(CloseReason.ParseError);
        }
    }

    private static Namespace OwnerOf(HandlerQueue handlers) => (Namespace)handlers.Socket.Namespace;
}
