using AkkaChat.Handlers;
using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Sockets;

/// <summary>Runs the handler of one event, then sends the ack. An event nobody handles has no effect and no ack.</summary>
internal sealed class EventRun(Namespace owner, Socket socket, SocketPacket packet, int size) : IHandlerRun
{
    /// <inheritdoc/>
    public int Size { get; } = size;

    /// <inheritdoc/>
    public async ValueTask RunAsync()
    {
        var eventName = packet.EventName!;
        if (owner.HandlerOf(eventName) is not { } handler)
        {
            return;
        }

        try
        {
            var arguments = new EventArguments(packet.Arguments, packet.Attachments, owner.Serializer);
            var call = new HandlerCall(socket, eventName, arguments, null, null);
            var result = await owner.Server.Invoker.InvokeAsync(handler, call);
            if (packet.AckId is { } ackId)
            {
                socket.SendAck(ackId, NoValue.ToArguments(result));
            }
        }
        catch (ArgumentBindingException exception)
        {
            owner.Server.Log.ArgumentsRefused(socket.Id, owner.Name, exception.Message);
        }
        catch (Exception exception)
        {
            owner.Server.Log.HandlerFailed(exception, eventName, owner.Name, socket.Id);
        }
    }

    /// <inheritdoc/>
    public void OnEnded(bool hasRun)
    {
        // Nothing follows from an event's handler but its ack, which has been sent.
    }
}
