using AkkaChat.Delivery;
using AkkaChat.Rooms;
using AkkaChat.Stores;

namespace AkkaChat.Logs;

/// <summary>Something that has to have its turn in a log's order.</summary>
internal abstract class LogOperation(RoomLogs logs, RoomLogKey key) : Operation
{
    /// <inheritdoc/>
    /// <remarks>
    /// Operations on one log need not wait for each other: the writer keeps their order. Those on the room itself must,
    /// so this is no name of a room's.
    /// </remarks>
    public override RoomName? Target { get; } = new("\0\0log " + key.Room);

    /// <inheritdoc/>
    public override string Overdue => "The room's log did not take the operation";

    public RoomLogKey Key { get; } = key;

    /// <summary>Bytes that it keeps while it waits.</summary>
    public virtual int Size => 0;

    /// <summary>Whether what comes after it must not be stored together with what came before.</summary>
    public virtual bool EndsGroup => false;

    protected RoomLogs Logs { get; } = logs;

    /// <inheritdoc/>
    public override void Start()
    {
        Logs.Server.Deadlines.Watch(this);
        Logs.Writer.Add(this);
    }
}
