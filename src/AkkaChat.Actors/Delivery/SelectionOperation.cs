using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>
/// Something that reaches all sockets a <see cref="Selection"/> names: those named by id at once, those in rooms by way
/// of these, in the order that each room keeps. It completes when all rooms have had their turn.
/// </summary>
internal abstract class SelectionOperation(Selection selection) : Operation
{
    /// <inheritdoc/>
    public override RoomName? Target => Selection.OnlyRoom;

    /// <summary>Which sockets.</summary>
    protected Selection Selection { get; } = selection;

    /// <inheritdoc/>
    public override void Start()
    {
        var rooms = Selection.TargetRooms();
        Expect(rooms.Count + 1);
        foreach (var socket in Selection.TargetSockets())
        {
            Reach(socket);
        }

        foreach (var room in rooms)
        {
            Selection.Namespace.Rooms.Tell(new RoomMessages.Visit(room, this));
        }

        Done();
        Selection.Namespace.Server.Deadlines.Watch(this);
    }

    /// <summary>Comes to a socket; perhaps more than once, by several rooms, from several threads.</summary>
    public abstract void Reach(IRoomMember member);

    /// <summary>
    /// What it is for members on other nodes; null if it cannot leave this one. To be asked in the thread that starts it.
    /// </summary>
    public virtual PublicationContent? Describe() => null;
}
