using AkkaChat.Delivery;
using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Sessions;

/// <summary>Bare Engine.IO over one session: messages go to the application's callbacks as they come.</summary>
internal sealed class EngineConnection : ISessionApplication
{
    private readonly AkkaChatServer _server;
    private readonly ISessionHost _host;
    private readonly EngineSocket _socket;
    private readonly Action<EngineSocket> _onConnection;

    public EngineConnection(AkkaChatServer server, ISessionHost host, Action<EngineSocket> onConnection)
    {
        _server = server;
        _host = host;
        _onConnection = onConnection;
        _socket = new EngineSocket(host.Session);
    }

    /// <inheritdoc/>
    public bool IsIdle => true;

    /// <inheritdoc/>
    public TimeSpan? NextDeadline => null;

    /// <inheritdoc/>
    public void OnOpened() => Call(() => _onConnection(_socket));

    /// <inheritdoc/>
    public void OnMessage(in EnginePacket message)
    {
        var engineMessage = new EngineMessage(message.Data, message.IsBinary);
        Call(() => _socket.MessageHandler?.Invoke(engineMessage));
        _host.Session.Window.Release(message.Data.Length);
    }

    /// <inheritdoc/>
    public void OnTick(TimeSpan now)
    {
        // A bare connection has no deadlines of its own.
    }

    /// <inheritdoc/>
    public void OnHandlerCompleted(object queue)
    {
        // The callbacks are synchronous.
    }

    /// <inheritdoc/>
    public void OnDisconnectSocket(Socket socket, bool close, Operation operation) => operation.Done();

    /// <inheritdoc/>
    public void OnClosed(CloseReason reason) => Call(() => _socket.CloseHandler?.Invoke(reason.Text));

    private void Call(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception exception)
        {
            _server.Log.HandlerFailed(exception, "message", "engine.io", _host.Session.LogName);
        }
    }
}
