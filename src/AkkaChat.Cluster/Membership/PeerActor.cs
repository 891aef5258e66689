using Akka.Actor;
using Akka.Cluster;
using AkkaChat.Wire;

namespace AkkaChat.Membership;

/// <summary>
/// A node among the others: says who it is, hears who they are, asks them, and passes their questions on. Every node says
/// hello to every other one until it has heard of it, and while it is about to leave, so a lost hello costs a second.
/// </summary>
internal sealed class PeerActor(ClusterPeers peers) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, PeerQuestion> _questions = [];
    private readonly Dictionary<PeerQuestion, long> _ids = [];
    private readonly HashSet<string> _unreachable = new(StringComparer.Ordinal);
    private ClusterView _view = ClusterView.Of(peers.Application.Role);

    /// <summary>Begins anywhere: an answer to the node that had this address before must not be one to a question of this one.</summary>
    private long _lastId = Random.Shared.NextInt64(1L << 48);

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private IEnumerable<string> Others => _view.Members.Except(_view.Shunned).Remove(peers.Name);

    public static Props Props(ClusterPeers peers) => Akka.Actor.Props.Create(() => new PeerActor(peers));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Cluster.Get(Context.System).Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.IReachabilityEvent));
        Timers.StartPeriodicTimer(PeerMessages.Tick.Instance, PeerMessages.Tick.Instance, TickEvery);
    }

    /// <inheritdoc/>
    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PeerMessage said when _view.Shunned.Contains(said.Sender):
                break;
            case PeerMessage.Hello hello:
                OnHello(hello);
                break;
            case PeerMessage.Request request:
                peers.Serve(request);
                break;
            case PeerMessage.Reply reply:
                OnReply(reply);
                break;
            case PeerMessages.Ask ask:
                Ask(ask);
                break;
            case PeerMessages.GiveUp giveUp:
                Forget(giveUp.Question);
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
            case ClusterEvent.IMemberEvent change:
                OnMember(change.Member);
                break;
            case ClusterEvent.UnreachableMember lost:
                _unreachable.Add(ClusterView.NameOf(lost.Member.UniqueAddress));
                break;
            case ClusterEvent.ReachableMember found:
                _unreachable.Remove(ClusterView.NameOf(found.Member.UniqueAddress));
                break;
            case PeerMessages.Changed:
                Greet(Others);
                break;
            case PeerMessages.Tick:
                Greet(peers.IsDraining ? Others : Others.Where(IsUnknown));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnMember(Member member)
    {
        var before = _view;
        _view = _view.With(member);
        var name = ClusterView.NameOf(member.UniqueAddress);
        if (_view.Shunned.Contains(name))
        {
            OnGone(name);
        }
        else if (!before.Members.Contains(name) && name != peers.Name)
        {
            Greet([name]);
        }

        SetKnowsAll();
    }

    private bool IsUnknown(string node) => !peers.Known.ByName.ContainsKey(node);

    private void SetKnowsAll() => peers.KnowsAll = !Others.Any(IsUnknown);

    private void OnGone(string name)
    {
        if (peers.Known.ByName.TryGetValue(name, out var node))
        {
            peers.Observer?.Gone(node.Incarnation);
        }

        peers.Known = peers.Known.Without(name);
        peers.Directory.Forget(name);
        _unreachable.Remove(name);
        foreach (var question in _questions.Values.Where(question => question.Leave(name)).ToList())
        {
            Forget(question);
        }
    }

    private void Greet(IEnumerable<string> nodes)
    {
        foreach (var node in nodes)
        {
            peers.Directory.Of(node).Tell(HelloTo(node));
        }
    }

    private PeerMessage.Hello HelloTo(string node) => new(
        peers.Name, peers.Incarnation, peers.Address?.ToString() ?? "", peers.IsDraining, WantsAnswer: IsUnknown(node), peers.Writing);

    /// <summary>It may come before the news that there is such a member: whoever lets a node in knows of it first.</summary>
    private void OnHello(PeerMessage.Hello hello)
    {
        var address = Uri.TryCreate(hello.Address, UriKind.Absolute, out var uri) ? uri : null;
        var isNew = IsUnknown(hello.Sender);
        peers.Known = peers.Known.With(new KnownNode(hello.Sender, hello.Incarnation, address, hello.IsDraining, hello.Writing));
        SetKnowsAll();
        if (isNew)
        {
            peers.Observer?.Came(hello.Incarnation);
        }

        if (hello.WantsAnswer)
        {
            Greet([hello.Sender]);
        }
    }

    private void Ask(PeerMessages.Ask ask)
    {
        var nodes = ask.Incarnations is null ? Others.ToList() : Named(ask.Incarnations);
        var reached = nodes.Where(node => !_unreachable.Contains(node)).ToList();
        ask.Question.Begin(reached, nodes.Except(reached, StringComparer.Ordinal));
        if (reached.Count == 0)
        {
            return;
        }

        var id = ++_lastId;
        _questions[id] = ask.Question;
        _ids[ask.Question] = id;
        var request = new PeerMessage.Request(peers.Name, id, ask.Body);
        foreach (var node in reached)
        {
            peers.Directory.Of(node).Tell(request);
        }
    }

    private List<string> Named(IReadOnlyCollection<string> incarnations)
    {
        var nodes = new List<string>(incarnations.Count);
        foreach (var incarnation in incarnations)
        {
            if (peers.Known.ByIncarnation.TryGetValue(incarnation, out var node))
            {
                nodes.Add(node.Name);
            }
        }

        return nodes;
    }

    private void OnReply(PeerMessage.Reply reply)
    {
        if (_questions.TryGetValue(reply.Id, out var question)
            && question.Take(reply.Sender, reply.Part, reply.IsLast, reply.Body))
        {
            Forget(question);
        }
    }

    private void Forget(PeerQuestion question)
    {
        if (_ids.Remove(question, out var id))
        {
            _questions.Remove(id);
        }
    }
}
