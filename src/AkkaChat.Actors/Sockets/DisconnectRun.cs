using AkkaChat.Handlers;
using AkkaChat.Sessions;

namespace AkkaChat.Sockets;

/// <summary>Tells the application that a socket has left.</summary>
internal sealed class DisconnectRun(Namespace owner, Socket socket, CloseReason reason) : IHandlerRun
{
    /// <inheritdoc/>
    public int Size => 0;

    /// <inheritdoc/>
    public async ValueTask RunAsync()
    {
        if (owner.DisconnectHandler is not { } handler)
        {
            return;
        }

        try
        {
            var none = new EventArguments([], [], owner.Serializer);
            await owner.Server.Invoker.InvokeAsync(
                handler, new HandlerCall(socket, "disconnect", none, null, reason.Text));
        }
        catch (Exception exception)
        {
            owner.Server.Log.HandlerFailed(exception, "disconnect", owner.Name, socket.Id);
        }
    }

    /// <inheritdoc/>
    public void OnEnded(bool hasRun)
    {
        // Nothing follows from a disconnect handler.
    }
}
