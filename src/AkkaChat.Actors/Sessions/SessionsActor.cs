using Akka.Actor;

namespace AkkaChat.Sessions;

/// <summary>Parent of all sessions of a node. A session that fails is stopped: its client connects again.</summary>
internal sealed class SessionsActor : UntypedActor
{
    private readonly Dictionary<IActorRef, SessionStart> _sessions = [];
    private readonly List<IActorRef> _waiting = [];

    public static Props Props() => Akka.Actor.Props.Create<SessionsActor>();

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SessionStart start:
                var props = SessionActor.Props(start).WithDispatcher(Context.Props.Dispatcher);
                _sessions.Add(Context.Watch(Context.ActorOf(props)), start);
                break;
            case Terminated ended:
                OnEnded(ended.ActorRef);
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

    /// <summary>A session that could not even be made has had no chance to say so itself.</summary>
    private void OnEnded(IActorRef session)
    {
        if (_sessions.Remove(session, out var start))
        {
            start.Unregister(start.Session);
            start.Session.OnStopped();
            start.Opened.TrySetException(new InvalidOperationException("The session could not be opened."));
        }
    }

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
