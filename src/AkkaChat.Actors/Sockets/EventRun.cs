using AkkaChat.Handlers;
using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Sockets;

/// <summary>Runs what handles one event, then sends the ack. An event nobody handles has no effect and no ack.</summary>
internal sealed class EventRun : IHandlerRun
{
    private readonly Namespace _owner;
    private readonly EventContext _context;
    private readonly long? _ackId;
    private readonly BoundHandler? _handler;

    public EventRun(Namespace owner, Socket socket, SocketPacket packet, int size)
    {
        var arguments = new EventArguments(packet.Arguments, packet.Attachments, owner.Serializer);
        _owner = owner;
        _context = new EventContext(socket, packet.EventName!, arguments, packet.AckId is not null);
        _ackId = packet.AckId;
        Size = size;
        _handler = owner.Server.Pipeline.Find(owner.Handlers, packet.EventName!);
    }

    /// <inheritdoc/>
    public int Concurrency => _handler?.Concurrency ?? 1;

    /// <inheritdoc/>
    public object? Kind => _handler;

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public async ValueTask RunAsync()
    {
        var result = await HandlerInvoker.InOrderAsync(this, static run => run.HandleAsync());
        if (_ackId is { } ackId && result is not Ack)
        {
            SendAck(ackId, result);
        }
    }

    /// <inheritdoc/>
    public void OnEnded(bool hasRun)
    {
        // Nothing follows from an event's handler but its ack, which has been sent.
    }

    private void SendAck(long ackId, object? result)
    {
        try
        {
            _context.Socket.SendAck(ackId, NoValue.ToArguments(result));
        }
        catch (Exception exception)
        {
            // The result cannot be written as JSON.
            _owner.Server.Log.HandlerFailed(exception, _context.EventName, _owner.Name, _context.Socket.Id);
        }
    }

    private async ValueTask<object?> HandleAsync()
    {
        try
        {
            return await _owner.Server.Pipeline.RunAsync(_owner.Handlers, _handler, _context);
        }
        catch (EventException refusal)
        {
            return ErrorAck.Of(refusal);
        }
        catch (ArgumentBindingException refusal)
        {
            _owner.Server.Log.ArgumentsRefused(_context.Socket.Id, _owner.Name, refusal.Message);
            return ErrorAck.Of(refusal);
        }
        catch (Exception exception)
        {
            return await _owner.OnErrorAsync(_context, exception);
        }
    }
}
