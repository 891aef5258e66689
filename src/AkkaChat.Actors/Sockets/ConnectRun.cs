using AkkaChat.Handlers;

namespace AkkaChat.Sockets;

/// <summary>
/// Asks middleware, authorization and the connect handler, in this order, whether a client may join: middleware may say
/// who the client is. Whatever is not a clear yes is a no.
/// </summary>
internal sealed class ConnectRun(Namespace owner, Socket socket, int size, Action<Connect> decide) : IHandlerRun
{
    /// <summary>The refusal that says no more than that it is one.</summary>
    public static readonly Connect Rejected = Connect.Refuse("Connection rejected by server");

    private static readonly Connect NotAuthorized = Connect.Refuse("not authorized", new { code = "forbidden" });

    private Connect _decision = Rejected;

    /// <inheritdoc/>
    public int Size { get; } = size;

    /// <inheritdoc/>
    public int Concurrency => 1;

    /// <inheritdoc/>
    public object? Kind => null;

    /// <inheritdoc/>
    public async ValueTask RunAsync()
    {
        _decision = await HandlerInvoker.InOrderAsync(this, static run => run.DecideAsync());
        if (_decision.IsAccepted && !owner.Rooms.JoinsAtOnce)
        {
            await EnterAsync();
        }
    }

    /// <inheritdoc/>
    public void OnEnded(bool hasRun) => decide(hasRun ? _decision : Rejected);

    /// <summary>The client comes again by itself if its connection breaks, but not if it was refused.</summary>
    private async Task EnterAsync()
    {
        try
        {
            await socket.EnterAsync();
        }
        catch (Exception exception)
        {
            owner.Server.Log.NamespaceNotEntered(exception, socket.Id, owner.Name);
            _decision = Rejected;
            socket.Abort();
        }
    }

    private async ValueTask<Connect> DecideAsync()
    {
        try
        {
            return await RunMiddlewareAsync([.. owner.Server.AnyNamespace.ConnectMiddleware, .. owner.Handlers.ConnectMiddleware], 0);
        }
        catch (EventException refusal)
        {
            return refusal.Code is null && refusal.Payload is null
                ? Connect.Refuse(refusal.Message)
                : Connect.Refuse(refusal.Message, new { code = refusal.Code, data = refusal.Payload });
        }
        catch (ArgumentBindingException refusal)
        {
            owner.Server.Log.AuthRefused(socket.Id, owner.Name, refusal.Message);
            return Rejected;
        }
        catch (Exception exception)
        {
            await owner.OnErrorAsync(ContextOf(), exception);
            return Rejected;
        }
    }

    private async Task<Connect> RunMiddlewareAsync(Func<Socket, Func<Task<Connect>>, Task<Connect>>[] middleware, int index) =>
        index == middleware.Length
            ? await AskHandlerAsync()
            : await middleware[index](socket, () => RunMiddlewareAsync(middleware, index + 1));

    private async Task<Connect> AskHandlerAsync()
    {
        if (owner.Handlers.Policy is { } policy && !await owner.Handlers.Authorizer!.IsAllowedAsync(socket, policy))
        {
            return NotAuthorized;
        }

        var handler = owner.Handlers.ConnectHandler ?? owner.Server.AnyNamespace.ConnectHandler;
        return handler is null
            ? Connect.Accept
            : ToDecision(await owner.Server.Invoker.InvokeAsync(handler, new HandlerCall(ContextOf())));
    }

    private static Connect ToDecision(object? result) => result switch
    {
        Connect connect => connect,
        true or NoValue => Connect.Accept,
        _ => Rejected,
    };

    private EventContext ContextOf()
    {
        var auth = socket.Handshake.Auth;
        var arguments = new EventArguments(socket.Handshake.HasAuth ? [auth.Json] : [], auth.Attachments, owner.Serializer);
        return new EventContext(socket, "connect", arguments, wantsAck: false);
    }
}
