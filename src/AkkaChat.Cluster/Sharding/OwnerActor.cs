using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaChat.Membership;
using AkkaChat.Ownership;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>
/// Hosts the <see cref="RoomOwner"/> of one room, where sharding has put it. It keeps nothing that the relays do not
/// have: it may fail, move or die at any moment, and whatever it has not done, a relay asks for again.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "PostStop disposes of it; actors are not disposed.")]
internal sealed class OwnerActor(RoomNode node) : UntypedActor
{
    /// <summary>Beyond, relays repeat what they have said.</summary>
    private const int MostWaiting = 100;

    private readonly List<OwnerEnvelope> _waiting = [];
    private RoomAddress _room;
    private ClusterView _view = ClusterView.Of(node.Application.Role);
    private RoomOwner? _owner;
    private RoomTimer? _timer;
    private TimeSpan? _idleSince;
    private TimeSpan _startedAt;
    private bool _hasWarned;
    private bool _isReplaced;

    private TimeSpan Now => node.Time.Now();

    private IActorRef NodeRooms => node.Directory.Of(node.Name);

    public static Props Props(RoomNode node) => Akka.Actor.Props.Create(() => new OwnerActor(node));

    /// <inheritdoc/>
    protected override void PreStart() => _timer = new RoomTimer(node.Time, Self, OwnerMessages.Tick.Instance);

    /// <inheritdoc/>
    protected override void PostStop() => _timer?.Dispose();

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OwnerEnvelope envelope when _owner is { } owner:
                Receive(owner, envelope);
                break;
            case OwnerEnvelope envelope:
                Wait(envelope);
                break;
            case OwnerMessages.Begin begin when _owner is null:
                Begin(begin);
                break;
            case ClusterView view:
                See(view);
                break;
            case OwnerMessages.Rival rival:
                OnRival(rival);
                break;
            case OwnerMessages.Tick:
                OnTick();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Wait(OwnerEnvelope envelope)
    {
        _room = envelope.Room;
        if (_waiting.Count == 0)
        {
            NodeRooms.Tell(new NodeRoomsMessages.OwnerStarts(_room));
        }

        if (_waiting.Count < MostWaiting)
        {
            _waiting.Add(envelope);
        }
    }

    private void Begin(OwnerMessages.Begin begin)
    {
        _view = begin.View;
        _startedAt = Now;
        _owner = new RoomOwner(begin.Self, node.Settings);
        var hint = _waiting.Where(Takes).Select(envelope => envelope.Message.From.Promised).DefaultIfEmpty().Max();
        Run(_owner.Start(_view.Members, hint, Now));
        foreach (var envelope in _waiting)
        {
            Receive(_owner, envelope);
        }

        _waiting.Clear();
    }

    private bool Takes(OwnerEnvelope envelope) => !_view.Shunned.Contains(envelope.Sender);

    private void Receive(RoomOwner owner, OwnerEnvelope envelope)
    {
        if (Takes(envelope) && (envelope.Target is null || envelope.Target == owner.Self))
        {
            Run(owner.Receive(envelope.Message, Now));
        }
    }

    private void See(ClusterView view)
    {
        _view = view;
        if (_owner is { } owner)
        {
            Run(owner.SetNodes(view.Members, Now));
        }
    }

    private void OnRival(OwnerMessages.Rival rival)
    {
        if (_owner is { } owner)
        {
            Run(owner.OnRival(rival.Ask));
        }

        if (_owner is null || _isReplaced)
        {
            NodeRooms.Tell(new NodeRoomsMessages.SteppedDown(_room, rival.Envelope));
        }
    }

    private void OnTick()
    {
        _timer?.OnTick();
        if (_owner is not { } owner)
        {
            return;
        }

        if (owner.CanEnd && Now - _idleSince >= RoomNode.LingerFor)
        {
            Context.Parent.Tell(new Passivate(PoisonPill.Instance));
            return;
        }

        Run(owner.Tick(Now));
        WarnIfClosed(owner);
    }

    private void WarnIfClosed(RoomOwner owner)
    {
        if (!_hasWarned && Now - _startedAt > node.Settings.EmitTimeout && owner.Unanswered is { Count: > 0 } nodes)
        {
            _hasWarned = true;
            node.Log.RoomClosed(_room.ToString(), string.Join(", ", nodes));
        }
    }

    private void Run(IReadOnlyList<OwnerEffect> effects)
    {
        foreach (var effect in effects)
        {
            Run(effect);
        }

        SetTimer();
    }

    private void Run(OwnerEffect effect)
    {
        switch (effect)
        {
            case OwnerEffect.AskNode ask:
                node.Directory.Of(ask.Node).Tell(new RelayEnvelope(_room, null, ask.Message));
                break;
            case OwnerEffect.Send send:
                node.Directory.Of(send.Relay.Node).Tell(new RelayEnvelope(_room, send.Relay, send.Message));
                break;
            case OwnerEffect.Reply reply:
                node.Directory.Of(reply.Owner.Node).Tell(new OwnerEnvelope(_room, reply.Owner, reply.Message));
                break;
            case OwnerEffect.StepDown:
                _isReplaced = true;
                Context.Stop(Self);
                break;
        }
    }

    private void SetTimer()
    {
        _idleSince = _owner is { CanEnd: true } ? _idleSince ?? Now : null;
        if (_owner is { IsQuiet: false })
        {
            _timer?.By(Now + RoomNode.TickEvery);
        }
        else if (_idleSince is { } since)
        {
            _timer?.By(since + RoomNode.LingerFor);
        }
    }
}
