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
        var elsewhere = Selection.IsLocal ? Task.CompletedTask : ReachElsewhere();
        Expect(rooms.Count + 2);
        foreach (var socket in Selection.TargetSockets())
        {
            Reach(socket);
        }

        foreach (var room in rooms)
        {
            Selection.Namespace.Rooms.Tell(new RoomMessages.Visit(room, this));
        }

        Done();
        _ = EndWithAsync(elsewhere);
        Selection.Namespace.Server.Deadlines.Watch(this);
    }

    /// <summary>Comes to a socket; perhaps more than once, by several rooms, from several threads.</summary>
    public abstract void Reach(IRoomMember member);

    /// <summary>
    /// What it is for members on other nodes; null if it stays on this one: then it comes to the members here only. To be
    /// asked in the thread that starts it.
    /// </summary>
    public virtual PublicationContent? Describe() => null;

    /// <summary>It has its place in a room whose order spans nodes.</summary>
    public virtual void OnPlaced(RoomName room, long sequence)
    {
    }

    /// <summary>Goes to sockets of other nodes that are named by id.</summary>
    protected virtual Task ReachElsewhere() => Task.CompletedTask;

    private async Task EndWithAsync(Task elsewhere)
    {
        try
        {
            await elsewhere;
            Done();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}
