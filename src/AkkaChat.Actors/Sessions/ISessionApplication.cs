using AkkaChat.Delivery;
using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Sessions;

/// <summary>
/// What a session serves: Socket.IO, or bare Engine.IO messages. Called by the session's actor only, never blocks,
/// and never throws.
/// </summary>
internal interface ISessionApplication
{
    /// <summary>Whether nothing of the application's runs any more, so that the session may stop.</summary>
    bool IsIdle { get; }

    /// <summary>The moment at which <see cref="OnTick"/> has something to do; null if none.</summary>
    TimeSpan? NextDeadline { get; }

    /// <summary>The session runs and its handshake is on its way; comes before all other calls.</summary>
    void OnOpened();

    /// <summary>
    /// Takes a message of the client. It keeps the message's room in the window, and gives it back when it is done
    /// with it.
    /// </summary>
    void OnMessage(in EnginePacket message);

    /// <summary>Looks for what has become due.</summary>
    void OnTick(TimeSpan now);

    /// <summary>A handler given to <see cref="ISessionHost.TellWhenDone"/> has completed.</summary>
    void OnHandlerCompleted(object queue);

    /// <summary>The application's code disconnects a socket.</summary>
    void OnDisconnectSocket(Socket socket, bool close, Operation operation);

    /// <summary>The session has ended. Handlers that wait still run.</summary>
    void OnClosed(CloseReason reason);
}

/// <summary>What a session does for its application.</summary>
internal interface ISessionHost
{
    /// <summary>The session itself.</summary>
    Session Session { get; }

    /// <summary>Ends the session at once.</summary>
    void Close(CloseReason reason);

    /// <summary>Ends the session after what waits has been written.</summary>
    void Finish(CloseReason reason);

    /// <summary>Calls <see cref="ISessionApplication.OnHandlerCompleted"/> when the task has completed.</summary>
    void TellWhenDone(ValueTask task, object queue);
}
