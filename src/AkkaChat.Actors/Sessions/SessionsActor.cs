using Akka.Actor;

namespace AkkaChat.Sessions;

/// <summary>Parent of all sessions of a node. A session that fails is stopped: its client connects again.</summary>
internal sealed class SessionsActor : UntypedActor
{
    private readonly HashSet<IActorRef> _sessions = [];
    private readonly List<IActorRef> _waiting = [];

    public static Props Props() => Akka.Actor.Props.Create<SessionsActor>();

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SessionStart start:
                _sessions.Add(Context.Watch(Context.ActorOf(SessionActor.Props(start))));
                break;
            case Terminated ended:
                _sessions.Remove(ended.ActorRef);
                TellIfEmpty();
                break;
            case WhenEmpty:
                _waiting.Add(Sender);
                TellIfEmpty();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void TellIfEmpty()
    {
        if (_sessions.Count > 0)
        {
            return;
        }

        foreach (var waiting in _waiting)
        {
            waiting.Tell(Ended.Instance);
        }

        _waiting.Clear();
    }

    /// <summary>Asks to be told when no session is left.</summary>
    internal sealed record WhenEmpty
    {
        public static readonly WhenEmpty Instance = new();
    }

    /// <summary>No session is left.</summary>
    internal sealed record Ended
    {
        public static readonly Ended Instance = new();
    }
}
