using Akka.Actor;
using AkkaChat.Dispatch;

namespace AkkaChat.Rooms;

/// <summary>
/// One room: the order of what is published in it, and its members. After a failure it starts again with the members
/// whose own lists name it; the message that made it fail fails its sender, and nobody is disconnected.
/// </summary>
internal sealed class RoomActor(RoomName name, IRoomHome home) : UntypedActor
{
    private readonly RoomMembers _members = new();

    public static Props Props(RoomName name, IRoomHome home) =>
        Akka.Actor.Props.Create<RoomActor>(name, home);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        // Observers of rooms are called from here.
        MailboxRuns.BeginApplication();
        switch (message)
        {
            case RoomMessages.Visit visit:
                _members.Receive(visit.Visitor);
                visit.Operation.Done();
                break;
            case RoomMessages.Join join:
                Join(join);
                break;
            case RoomMessages.Leave leave:
                Leave(leave);
                break;
            case RoomMessages.StopIfEmpty:
                StopIfEmpty();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        (message as RoomMessages.RoomMessage)?.Operation.Fail(reason);
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        foreach (var member in home.Roster(name))
        {
            _members.Join(member);
        }

        TellIfEmpty();
    }

    private void Join(RoomMessages.Join join)
    {
        if (_members.Join(join.Member))
        {
            home.Observe(RoomEventKind.Joined, name, join.Member.Id);
        }

        join.Operation.Done();
    }

    private void Leave(RoomMessages.Leave leave)
    {
        var left = _members.Leave(leave.Member);
        if (left)
        {
            home.Observe(RoomEventKind.Left, name, leave.Member.Id);
        }

        leave.Operation.Done();
        if (left)
        {
            TellIfEmpty();
        }
    }

    private void TellIfEmpty()
    {
        if (_members.IsEmpty)
        {
            Context.Parent.Tell(new RoomMessages.Emptied(name));
        }
    }

    private void StopIfEmpty()
    {
        if (_members.IsEmpty)
        {
            Context.Stop(Self);
            return;
        }

        Context.Parent.Tell(new RoomMessages.Stays(name));
    }
}
