using AkkaChat.Delivery;
using AkkaChat.Sessions;

namespace AkkaChat.Sockets;

/// <summary>
/// The application disconnects a socket. The farewell takes its place in the outbox at once, the rest is the
/// session's.
/// </summary>
internal sealed class DisconnectOperation(Socket socket, Session session, bool close) : Operation
{
    /// <inheritdoc/>
    public override void Start()
    {
        if (socket.Connected)
        {
            socket.TryCloseOutput(sayGoodbye: true);
        }

        session.Tell(new SessionMessages.DisconnectSocket(socket, close, this));

        // A session that has ended or fails meanwhile has disconnected it too, and answers no message.
        session.WhenStopped(Done);
    }
}
