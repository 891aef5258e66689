using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Rooms;

namespace AkkaChat.Sockets;

/// <summary>A socket joins a room.</summary>
internal sealed class JoinOperation(JoinedRooms rooms, string room, OperationDeadlines deadlines) : Operation
{
    /// <inheritdoc/>
    public override RoomName? Target { get; } = new(room);

    /// <inheritdoc/>
    public override void Start()
    {
        rooms.Join(room, this);
        deadlines.Watch(this);
    }

    /// <inheritdoc/>
    /// <remarks>Else the next join would find the room in the socket's list, and the socket would not be in it.</remarks>
    protected override void OnFailed() => rooms.Undo(room);
}

/// <summary>A socket leaves a room.</summary>
internal sealed class LeaveOperation(JoinedRooms rooms, string room, OperationDeadlines deadlines) : Operation
{
    /// <inheritdoc/>
    public override RoomName? Target { get; } = new(room);

    /// <inheritdoc/>
    public override void Start()
    {
        rooms.Leave(room, this);
        deadlines.Watch(this);
    }
}

/// <summary>A packet to one socket: done as soon as it is in the outbox.</summary>
internal sealed class SendOperation(SocketOutput output, WirePacket packet, bool isVolatile) : Operation
{
    /// <inheritdoc/>
    public override void Start()
    {
        if (isVolatile)
        {
            output.SendVolatile(packet);
        }
        else
        {
            output.Send(packet);
        }

        Done();
    }
}
