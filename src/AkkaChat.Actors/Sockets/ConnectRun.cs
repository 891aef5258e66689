using AkkaChat.Handlers;

namespace AkkaChat.Sockets;

/// <summary>Asks the connect handler whether a client may join. Whatever is not a clear yes is a no.</summary>
internal sealed class ConnectRun(Namespace owner, Socket socket, int size, Action<Connect> decide) : IHandlerRun
{
    /// <summary>The refusal that says no more than that it is one.</summary>
    public static readonly Connect Rejected = Connect.Refuse("Connection rejected by server");

    private Connect _decision = Connect.Accept;

    /// <inheritdoc/>
    public int Size { get; } = size;

    /// <inheritdoc/>
    public async ValueTask RunAsync()
    {
        if (owner.ConnectHandler is not { } handler)
        {
            return;
        }

        _decision = Rejected;
        try
        {
            var call = new HandlerCall(socket, "connect", Auth(), null, null);
            _decision = ToDecision(await owner.Server.Invoker.InvokeAsync(handler, call));
        }
        catch (ArgumentBindingException exception)
        {
            owner.Server.Log.ArgumentsRefused(socket.Id, owner.Name, exception.Message);
        }
        catch (Exception exception)
        {
            owner.Server.Log.HandlerFailed(exception, "connect", owner.Name, socket.Id);
        }
    }

    /// <inheritdoc/>
    public void OnEnded(bool hasRun) => decide(hasRun ? _decision : Rejected);

    private static Connect ToDecision(object? result) => result switch
    {
        Connect connect => connect,
        true or NoValue => Connect.Accept,
        _ => Rejected,
    };

    private EventArguments Auth()
    {
        var auth = socket.Handshake.Auth;
        return new EventArguments(socket.Handshake.HasAuth ? [auth.Json] : [], auth.Attachments, owner.Serializer);
    }
}
