using Akka.Actor;

namespace AkkaChat.Rooms;

/// <summary>
/// One room: the order of what is published in it, and its members. After a failure it starts again with the members
/// whose own lists name it; the message that made it fail fails its sender, and nobody is disconnected.
/// </summary>
internal sealed class RoomActor(RoomName name, Func<RoomName, IEnumerable<IRoomMember>> roster) : UntypedActor
{
    private readonly RoomMembers _members = new();

    public static Props Props(RoomName name, Func<RoomName, IEnumerable<IRoomMember>> roster) =>
        Akka.Actor.Props.Create<RoomActor>(name, roster);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoomMessages.Publish publish:
                _members.Deliver(publish.Publication);
                publish.Operation.Done();
                break;
            case RoomMessages.Join join:
                _members.Join(join.Member);
                join.Operation.Done();
                break;
            case RoomMessages.Leave leave:
                Leave(leave);
                break;
            case RoomMessages.CollectIds collect:
                _members.Collect(collect.Collection);
                collect.Operation.Done();
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
        foreach (var member in roster(name))
        {
            _members.Join(member);
        }

        TellIfEmpty();
    }

    private void Leave(RoomMessages.Leave leave)
    {
        var left = _members.Leave(leave.Member);
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
