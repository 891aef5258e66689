using Akka.Actor;

namespace AkkaChat.Rooms;

/// <summary>
/// Parent of a namespace's rooms on this node: makes a room at its first join, passes messages on in order, and lets
/// an empty room go. While a room is asked to stop, its messages wait here, so that none gets lost between two lives.
/// It runs no code of the application's, so it has nothing to fail of: a restart would cost it its rooms.
/// </summary>
internal sealed class NamespaceActor(IRoomHome home) : UntypedActor
{
    private readonly Dictionary<RoomName, Room> _rooms = [];
    private readonly Dictionary<IActorRef, RoomName> _names = [];

    public static Props Props(IRoomHome home) =>
        Akka.Actor.Props.Create<NamespaceActor>(home);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoomMessages.RoomMessage roomMessage:
                Route(roomMessage);
                break;
            case RoomMessages.Emptied emptied:
                AskToStop(emptied.Room);
                break;
            case RoomMessages.Stays stays:
                Resume(_rooms[stays.Room]);
                break;
            case Terminated terminated:
                OnStopped(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

    private void Route(RoomMessages.RoomMessage message)
    {
        if (_rooms.TryGetValue(message.Room, out var room))
        {
            room.Take(message);
        }
        else if (message is RoomMessages.Join)
        {
            Create(message.Room).Take(message);
        }
        else
        {
            // Nobody is in that room, so this has had all the effect it can have.
            message.Operation.Done();
        }
    }

    private Room Create(RoomName name)
    {
        var actor = Context.Watch(Context.ActorOf(RoomActor.Props(name, home).WithDispatcher(Context.Props.Dispatcher)));
        _names[actor] = name;
        home.Observe(RoomEventKind.Created, name, null);
        return _rooms[name] = new Room(actor);
    }

    private void AskToStop(RoomName name)
    {
        if (_rooms.TryGetValue(name, out var room) && room.Waiting is null)
        {
            room.Waiting = [];
            room.Actor.Tell(RoomMessages.StopIfEmpty.Instance);
        }
    }

    private static void Resume(Room room)
    {
        var waiting = room.Waiting ?? [];
        room.Waiting = null;
        foreach (var message in waiting)
        {
            room.Take(message);
        }
    }

    private void OnStopped(IActorRef actor)
    {
        if (!_names.Remove(actor, out var name) || !_rooms.Remove(name, out var room))
        {
            return;
        }

        home.Observe(RoomEventKind.Deleted, name, null);
        foreach (var message in room.Waiting ?? [])
        {
            Route(message);
        }
    }

    /// <summary>A room's actor, and what waits while it may be stopping.</summary>
    private sealed class Room(IActorRef actor)
    {
        public IActorRef Actor { get; } = actor;

        public List<RoomMessages.RoomMessage>? Waiting { get; set; }

        public void Take(RoomMessages.RoomMessage message)
        {
            if (Waiting is null)
            {
                Actor.Tell(message);
            }
            else
            {
                Waiting.Add(message);
            }
        }
    }
}
