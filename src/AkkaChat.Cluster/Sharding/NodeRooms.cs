using Akka.Actor;
using Akka.Cluster;
using AkkaChat.Dispatch;
using AkkaChat.Membership;
using AkkaChat.Ownership;
using AkkaChat.Wire;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Sharding;

/// <summary>
/// All rooms of a cluster as far as they are on this node: parent of its relays, register of its owners, and the place
/// to which the other nodes send. All messages to relays go through here, so it knows when nothing is on its way to one.
/// </summary>
internal sealed class NodeRooms(RoomNode node) : UntypedActor
{
    private readonly Dictionary<RoomAddress, RelayEntry> _relays = [];
    private readonly Dictionary<RoomAddress, OwnerEntry> _owners = [];
    private readonly Dictionary<IActorRef, RoomAddress> _rooms = [];
    private ClusterView _view = ClusterView.Of(node.Application.Role);

    public static Props Props(RoomNode node) => Akka.Actor.Props.Create(() => new NodeRooms(node));

    /// <inheritdoc/>
    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));

    /// <inheritdoc/>
    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    /// <summary>A relay may have lost what its members were promised, so the next one is another one.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception exception)
        {
            // A restart would forget the relays, and with them what their members were promised.
            node.Break(exception);
            Context.Stop(Self);
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case NodeRoomsMessages.ToRoom local:
                OnLocal(local);
                break;
            case NodeRoomsMessages.WhenDelivered wait:
                OnWait(wait);
                break;
            case RoomEnvelope envelope when !_view.Shunned.Contains(envelope.Sender):
                OnEnvelope(envelope);
                break;
            case RoomEnvelope:
                break;
            case NodeRoomsMessages.OwnerStarts starts:
                Register(starts.Room);
                break;
            case NodeRoomsMessages.SteppedDown stepped:
                OnSteppedDown(stepped);
                break;
            default:
                OnEvent(message);
                break;
        }
    }

    private void OnEvent(object message)
    {
        switch (message)
        {
            case NodeRoomsMessages.RelayCanEnd canEnd:
                EndRelay(canEnd);
                break;
            case NodeRoomsMessages.RelayFailed failed:
                EndFailed(failed.Room);
                break;
            case NodeRoomsMessages.SentBack back when _relays.TryGetValue(back.Message.Address, out var relay):
                relay.SentBack.Add(back.Message);
                break;
            case ClusterEvent.CurrentClusterState state:
                See(state.Members);
                break;
            case ClusterEvent.IMemberEvent change:
                See([change.Member]);
                break;
            case Terminated terminated:
                OnStopped(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnLocal(NodeRoomsMessages.ToRoom local)
    {
        if (local.IsForMembersHere && !_relays.ContainsKey(local.Address))
        {
            local.Message.Operation.Done();
            return;
        }

        Pass(TheRelay(local.Address), local);
    }

    private void OnWait(NodeRoomsMessages.WhenDelivered wait)
    {
        if (_relays.TryGetValue(wait.Address, out var relay) && !relay.HasFailed)
        {
            Pass(relay, wait);
        }
        else
        {
            // Nobody is in that room here, or those who were are being disconnected.
            wait.Done.TrySetResult();
        }
    }

    private void OnEnvelope(RoomEnvelope envelope)
    {
        switch (envelope)
        {
            case OwnerEnvelope owner when _owners.TryGetValue(owner.Room, out var entry) && owner.Target == entry.Self:
                entry.Actor.Tell(owner);
                break;
            case RelayEnvelope { Message: Ask ask } relay:
                OnAsk(relay, ask);
                break;
            case RelayEnvelope relay:
                OnRelayEnvelope(relay);
                break;
        }
    }

    /// <summary>This node's own owner hears it first: of two, one ends before the other gets its promises.</summary>
    private void OnAsk(RelayEnvelope envelope, Ask ask)
    {
        if (_owners.TryGetValue(envelope.Room, out var owner) && owner.Self != ask.Epoch.Owner)
        {
            owner.Actor.Tell(new OwnerMessages.Rival(envelope, ask));
            return;
        }

        Pass(TheRelay(envelope.Room), envelope);
    }

    private void OnRelayEnvelope(RelayEnvelope envelope)
    {
        if (_relays.TryGetValue(envelope.Room, out var relay) && relay.Self == envelope.Target)
        {
            Pass(relay, envelope);
        }
        else if (envelope.Target is { } gone)
        {
            var owner = envelope.Message.Epoch.Owner;
            node.Directory.Of(owner.Node).Tell(new OwnerEnvelope(envelope.Room, owner, new Ended(gone)));
        }
    }

    private void Register(RoomAddress room)
    {
        var self = node.NewIncarnation();
        _owners[room] = new OwnerEntry(self, Context.Watch(Sender));
        _rooms[Sender] = room;
        Sender.Tell(new OwnerMessages.Begin(self, _view));
    }

    private void OnSteppedDown(NodeRoomsMessages.SteppedDown stepped)
    {
        Unregister(stepped.Room, Sender);
        OnEnvelope(stepped.Ask);
    }

    private void Unregister(RoomAddress room, IActorRef owner)
    {
        if (_owners.TryGetValue(room, out var entry) && entry.Actor.Equals(owner))
        {
            _owners.Remove(room);
        }
    }

    private RelayEntry TheRelay(RoomAddress room)
    {
        if (_relays.TryGetValue(room, out var known))
        {
            return known;
        }

        var self = node.NewIncarnation();
        var actor = Context.Watch(Context.ActorOf(RelayActor.Props(room, self, node).WithDispatcher(BatchingDispatcher.Id)));
        _rooms[actor] = room;
        return _relays[room] = new RelayEntry(self, actor);
    }

    private static void Pass(RelayEntry relay, object message)
    {
        if (relay.HasFailed)
        {
            relay.Waiting.Add(message);
            return;
        }

        relay.Passed++;
        relay.Actor.Tell(message);
    }

    /// <summary>
    /// The next relay is made when this one has sent back what it had not taken: so a join and the leave behind it
    /// never change places.
    /// </summary>
    private void EndFailed(RoomAddress room)
    {
        if (_relays.TryGetValue(room, out var relay) && relay.Actor.Equals(Sender))
        {
            relay.HasFailed = true;
            relay.Actor.Tell(RelayActor.End.Instance);
        }
    }

    /// <summary>What has been passed on and not been taken may be a join: the relay says so again if it was nothing.</summary>
    private void EndRelay(NodeRoomsMessages.RelayCanEnd canEnd)
    {
        if (_relays.TryGetValue(canEnd.Room, out var relay) && relay.Actor.Equals(Sender) && relay.Passed == canEnd.Taken)
        {
            _relays.Remove(canEnd.Room);
            relay.Actor.Tell(RelayActor.End.Instance);
        }
    }

    private void OnStopped(IActorRef actor)
    {
        if (!_rooms.Remove(actor, out var room))
        {
            return;
        }

        Unregister(room, actor);
        if (_relays.TryGetValue(room, out var relay) && relay.Actor.Equals(actor))
        {
            _relays.Remove(room);
            foreach (var message in relay.SentBack.Concat(relay.Waiting.OfType<NodeRoomsMessages.ToRoom>()))
            {
                Pass(TheRelay(room), message);
            }
        }
    }

    private void See(IEnumerable<Member> members)
    {
        _view = members.Aggregate(_view, (view, member) => view.With(member));
        foreach (var gone in _view.Shunned.Except(_view.Members))
        {
            node.Directory.Forget(gone);
        }

        foreach (var owner in _owners.Values)
        {
            owner.Actor.Tell(_view);
        }
    }

    private sealed class RelayEntry(Incarnation self, IActorRef actor)
    {
        public Incarnation Self { get; } = self;

        public IActorRef Actor { get; } = actor;

        public long Passed { get; set; }

        public bool HasFailed { get; set; }

        public List<NodeRoomsMessages.ToRoom> SentBack { get; } = [];

        public List<object> Waiting { get; } = [];
    }

    private sealed record OwnerEntry(Incarnation Self, IActorRef Actor);
}
