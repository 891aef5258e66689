using AkkaChat.Handlers;
using AkkaChat.Sessions;

namespace AkkaChat.Sockets;

/// <summary>Tells the application that a socket has left.</summary>
internal sealed class DisconnectRun(Namespace owner, Socket socket, CloseReason reason) : IHandlerRun
{
    /// <inheritdoc/>
    public int Size => 0;

    /// <inheritdoc/>
    public int Concurrency => 1;

    /// <inheritdoc/>
    public object? Kind => null;

    /// <inheritdoc/>
    public async ValueTask RunAsync() => await HandlerInvoker.InOrderAsync(this, static run => run.TellAsync());

    /// <inheritdoc/>
    public void OnEnded(bool hasRun)
    {
        // Nothing follows from a disconnect handler.
    }

    private async ValueTask<bool> TellAsync()
    {
        if ((owner.Handlers.DisconnectHandler ?? owner.Server.AnyNamespace.DisconnectHandler) is not { } handler)
        {
            return false;
        }

        var context = new EventContext(
            socket, "disconnect", new EventArguments([], [], owner.Serializer), wantsAck: false);
        try
        {
            await owner.Server.Invoker.InvokeAsync(handler, new HandlerCall(context, Reason: reason.Text));
        }
        catch (Exception exception)
        {
            await owner.OnErrorAsync(context, exception);
        }

        return true;
    }
}
