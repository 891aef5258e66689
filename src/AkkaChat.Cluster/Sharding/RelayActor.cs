using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using AkkaChat.Ownership;
using AkkaChat.Rooms;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>
/// Hosts the <see cref="RoomRelay"/> of one room on one node: its members, and the publishes of its node. It is never
/// restarted; if it ends without having been asked to, its members are disconnected, since they may miss something.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "PostStop disposes of it; actors are not disposed.")]
internal sealed class RelayActor(RoomAddress room, Incarnation self, RoomNode node) : UntypedActor
{
    private readonly RoomRelay _relay = new(self, node.Settings);
    private readonly RelayMembers _members = new(room.Room);
    private readonly RelayPublishes _publishes = new(room, self, node);
    private readonly List<NodeRoomsMessages.WhenDelivered> _waits = [];
    private RoomTimer? _timer;
    private TimeSpan _activeAt;
    private long _taken;
    private bool _hasFailed;
    private bool _hasEnded;

    private TimeSpan Now => node.Time.Now();

    public static Props Props(RoomAddress room, Incarnation self, RoomNode node) =>
        Akka.Actor.Props.Create(() => new RelayActor(room, self, node));

    /// <inheritdoc/>
    protected override void PreStart() => _timer = new RoomTimer(node.Time, Self, Tick.Instance);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _timer?.Dispose();
        _waits.ForEach(wait => wait.Done.TrySetResult());
        if (!_hasEnded)
        {
            GiveUp(new InvalidOperationException($"The relay of room {room} has ended."));
        }
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is End)
        {
            _hasEnded = true;
            Context.Stop(Self);
        }
        else if (_hasFailed)
        {
            SendBack(message);
        }
        else
        {
            TryHandle(message);
        }
    }

    private void TryHandle(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception exception)
        {
            // Nobody knows what has been lost, so it counts as lost with all it held.
            node.Log.RelayFailed(exception, room.ToString());
            (message as NodeRoomsMessages.ToRoom)?.Message.Operation.Fail(exception);
            _hasFailed = true;
            GiveUp(exception);
            Context.Parent.Tell(new NodeRoomsMessages.RelayFailed(room));
        }
    }

    private void GiveUp(Exception reason)
    {
        _publishes.FailAll(reason);
        foreach (var member in _members.FailAll(reason))
        {
            node.Evict(member);
        }
    }

    private static void SendBack(object message)
    {
        switch (message)
        {
            case NodeRoomsMessages.ToRoom local:
                Context.Parent.Tell(new NodeRoomsMessages.SentBack(local));
                break;
            case NodeRoomsMessages.WhenDelivered wait:
                wait.Done.TrySetResult();
                break;
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case NodeRoomsMessages.ToRoom local:
                Take();
                OnLocal(local);
                break;
            case NodeRoomsMessages.WhenDelivered wait:
                Take();
                _waits.Add(wait);
                EndWaits();
                break;
            case RelayEnvelope envelope:
                Take();
                Run(_relay.Receive(envelope.Message, Now));
                break;
            case Tick:
                OnTick();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Take()
    {
        _taken++;
        _activeAt = Now;
    }

    private void OnLocal(NodeRoomsMessages.ToRoom local)
    {
        switch (local.Message)
        {
            case RoomMessages.Join join when _members.Begin(join, local.Home):
                Run(_relay.Join(join.Member.Id, Now));
                break;
            case RoomMessages.Leave leave:
                Run(_relay.Leave(leave.Member.Id, Now));
                _members.Leave(leave);
                break;
            case RoomMessages.Visit visit when local.Payload is { } payload:
                Publish(visit, payload);
                break;
            case RoomMessages.Visit visit:
                VisitHere(visit);
                break;
        }
    }

    private void VisitHere(RoomMessages.Visit visit)
    {
        foreach (var member in _members.All)
        {
            visit.Visitor.Reach(member);
        }

        visit.Operation.Done();
    }

    private void Publish(RoomMessages.Visit visit, RoomPayload payload)
    {
        var effects = _relay.Publish(payload, Now, out var number);
        _publishes.Add(number, visit.Visitor);
        Run(effects);
    }

    private void OnTick()
    {
        _timer?.OnTick();
        Run(_relay.Tick(Now));
        if (_relay.CanEnd(Now) && Now - _activeAt >= RoomNode.LingerFor)
        {
            Context.Parent.Tell(new NodeRoomsMessages.RelayCanEnd(room, _taken));
        }
    }

    private void Run(IReadOnlyList<RelayEffect> effects)
    {
        foreach (var effect in effects)
        {
            Run(effect);
        }

        EndWaits();
        SetTimer();
    }

    private void EndWaits()
    {
        if (_waits.Count > 0)
        {
            _waits.RemoveAll(wait => wait.Done.Task.IsCompleted || (_relay.HasDelivered(wait.Sequence) && wait.Done.TrySetResult()));
        }
    }

    private void Run(RelayEffect effect)
    {
        switch (effect)
        {
            case RelayEffect.Send send:
                node.Owners.Value.Tell(new OwnerEnvelope(room, null, send.Message));
                break;
            case RelayEffect.Reply reply:
                node.Directory.Of(reply.Owner.Node).Tell(new OwnerEnvelope(room, reply.Owner, reply.Message));
                break;
            case RelayEffect.Deliver deliver:
                _publishes.Deliver(deliver.Entry, _members.All);
                break;
            case RelayEffect.Joined joined:
                _members.Complete(joined.Member);
                break;
            case RelayEffect.JoinFailed failed:
                OnJoinFailed(failed.Member);
                break;
            case RelayEffect.Confirmed confirmed:
                _publishes.Confirm(confirmed.Number, confirmed.Sequence);
                break;
            case RelayEffect.Failed failed:
                _publishes.Fail(failed.Number, failed.MayAppear);
                break;
        }
    }

    /// <summary>Nobody waits for a socket's way into its namespace, and none must be in without what goes to all.</summary>
    private void OnJoinFailed(string member)
    {
        var reason = new TimeoutException($"Room {room} did not let the socket in within {node.Settings.EmitTimeout.TotalSeconds:0.###} s.");
        if (_members.Fail(member, reason) is { } failed && room.Room == RoomName.Everyone)
        {
            node.Evict(failed);
        }
    }

    private void SetTimer()
    {
        if (!_relay.IsQuiet)
        {
            _timer?.By(Now + RoomNode.TickEvery);
        }
        else if (_members.IsEmpty)
        {
            var end = _activeAt + RoomNode.LingerFor;
            _timer?.By(end > Now ? end : Now + RoomNode.LingerFor);
        }
    }

    /// <summary>From the parent: nothing is on its way any more.</summary>
    internal sealed record End
    {
        public static readonly End Instance = new();
    }

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
