using Akka.Actor;
using AkkaChat.Nodes;
using AkkaChat.Wire;

namespace AkkaChat.Membership;

/// <summary>The other nodes of the cluster: where the sessions of each are, and the way to ask them. Thread-safe.</summary>
internal sealed class ClusterPeers : INodeDirectory
{
    private readonly TimeProvider _time;
    private readonly PeerHandler _handler;
    private readonly MembershipLog _log;
    private readonly Func<Uri?> _address;
    private readonly IActorRef _actor;
    private volatile KnownNodes _known = KnownNodes.None;
    private volatile bool _knowsAll;
    private volatile bool _isDraining;
    private volatile LogWriting _writing;

    /// <summary>Starts this node's part.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="application">The application whose nodes these are.</param>
    /// <param name="incarnation">How the ids of this node's sessions begin.</param>
    /// <param name="address">Where this node takes requests of others; asked when it is told to one.</param>
    /// <param name="handler">Answers what other nodes ask.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="observer">Hears of the other nodes.</param>
    public ClusterPeers(
        ActorSystem system,
        ClusterApplication application,
        string incarnation,
        Func<Uri?> address,
        PeerHandler handler,
        TimeProvider time,
        MembershipLog log,
        INodeObserver? observer = null)
    {
        (Application, Incarnation, _address, _handler, _time, _log) = (application, incarnation, address, handler, time, log);
        Observer = observer;
        Name = ClusterView.NameOf(Akka.Cluster.Cluster.Get(system).SelfUniqueAddress);
        Directory = new NodeDirectory((ExtendedActorSystem)system, application.Peers);
        _actor = system.ActorOf(PeerActor.Props(this), application.Peers);
        Directory.Add(Name, _actor);
    }

    /// <summary>Whose nodes these are.</summary>
    public ClusterApplication Application { get; }

    /// <summary>This node's name in the cluster.</summary>
    public string Name { get; }

    /// <summary>How the ids of this node's sessions begin.</summary>
    public string Incarnation { get; }

    /// <summary>Where this node takes requests that others hand on; null if nowhere.</summary>
    public Uri? Address => _address();

    /// <summary>Whether this node is about to leave.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>What this node has to do with the store of durable rooms.</summary>
    public LogWriting Writing => _writing;

    /// <summary>The way to the others.</summary>
    public NodeDirectory Directory { get; }

    /// <summary>Hears of the other nodes.</summary>
    public INodeObserver? Observer { get; }

    /// <summary>What the others have said of themselves; written by <see cref="PeerActor"/> only.</summary>
    public KnownNodes Known
    {
        get => _known;
        set => _known = value;
    }

    /// <summary>Whether all members that this node sees have said who they are; written by <see cref="PeerActor"/> only.</summary>
    public bool KnowsAll
    {
        get => _knowsAll;
        set => _knowsAll = value;
    }

    /// <inheritdoc/>
    public ValueTask<NodeLocation> FindAsync(string incarnation, CancellationToken cancellationToken)
    {
        var known = _known;
        return new(incarnation == Incarnation ? new NodeLocation(NodePresence.Here)
            : known.ByIncarnation.TryGetValue(incarnation, out var node)
                ? node.Address is { } address ? NodeLocation.At(address) : new NodeLocation(NodePresence.Unknown)
            : new NodeLocation(known.Gone.Contains(incarnation) ? NodePresence.Gone : NodePresence.Unknown));
    }

    /// <summary>Asks other nodes.</summary>
    /// <param name="body">The question.</param>
    /// <param name="incarnations">Which nodes; null: all others.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The parts of the answers, and the names of nodes whose answers did not come in full.</returns>
    public async Task<(IReadOnlyList<ReadOnlyMemory<byte>> Parts, IReadOnlyList<string> Missing)> AskAsync(
        ReadOnlyMemory<byte> body, IReadOnlyCollection<string>? incarnations, TimeSpan limit, CancellationToken cancellationToken)
    {
        var question = new PeerQuestion();
        _actor.Tell(new PeerMessages.Ask(question, body, incarnations), ActorRefs.NoSender);
        try
        {
            await question.Settled.WaitAsync(limit, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _actor.Tell(new PeerMessages.GiveUp(question), ActorRefs.NoSender);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return question.Result();
    }

    /// <summary>Tells the others that this node is about to leave.</summary>
    public void Drain()
    {
        _isDraining = true;
        _actor.Tell(PeerMessages.Changed.Instance, ActorRefs.NoSender);
    }

    /// <summary>Tells the others what this node has to do with the store of durable rooms.</summary>
    public void Say(LogWriting writing)
    {
        _writing = writing;
        _actor.Tell(PeerMessages.Changed.Instance, ActorRefs.NoSender);
    }

    /// <summary>
    /// Answers a question of another node, beside the actor's mailbox; but what the handler does before it answers keeps
    /// the order of the questions.
    /// </summary>
    public void Serve(PeerMessage.Request request)
    {
        var answer = _handler(request.Body);
        _ = Task.Run(() => AnswerAsync(request, answer));
    }

    private async Task AnswerAsync(PeerMessage.Request request, IAsyncEnumerable<ReadOnlyMemory<byte>> answer)
    {
        var asker = Directory.Of(request.Sender);
        var part = 0;
        try
        {
            await foreach (var body in answer)
            {
                asker.Tell(new PeerMessage.Reply(Name, request.Id, part++, IsLast: false, body), ActorRefs.NoSender);
            }
        }
        catch (Exception exception)
        {
            // A part is passed over: the one who asks takes this node for one whose answer did not come in full, and does not wait.
            _log.AnswerFailed(exception, request.Sender);
            part++;
        }

        asker.Tell(new PeerMessage.Reply(Name, request.Id, part, IsLast: true, default), ActorRefs.NoSender);
    }
}
