using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using AkkaChat.Dispatch;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Transports;

namespace AkkaChat.Sessions;

/// <summary>
/// One Engine.IO connection, whatever its transport: heartbeat, upgrade, and handing messages to its application.
/// The rules are in <see cref="EngineSession"/>; this carries them out.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "PostStop disposes of them; actors are not disposed.")]
internal sealed partial class SessionActor : UntypedActor, ISessionHost
{
    private static readonly Due TickDue = new("tick");

    private readonly SessionStart _start;
    private readonly EngineSession _engine;
    private readonly ISessionApplication _application;
    private readonly ActorTimer _tick;
    private ITransport _transport;
    private ITransport? _candidate;
    private CloseReason? _closed;
    private TimeSpan _tickAt;

    public SessionActor(SessionStart start)
    {
        _start = start;
        _transport = start.Transport;
        _engine = new EngineSession(
            start.Timing, start.Transport.Kind, start.Time.Now(), start.Session.Dialect.IsLegacy);

        // The application may send and close as soon as it is made; the client gets the handshake first all the same.
        Session.Bind(Self);
        Session.Outbox.TryAdd(start.OpenPacket);
        _application = start.CreateApplication(this);
        _tick = new ActorTimer(start.Time, Self, TickDue);
    }

    /// <inheritdoc/>
    public Session Session => _start.Session;

    public static Props Props(SessionStart start) => Akka.Actor.Props.Create<SessionActor>(start);

    /// <inheritdoc/>
    public void Close(CloseReason reason)
    {
        if (_closed is null)
        {
            _transport.Abort(reason);
            OnClosed(reason, lingers: false);
        }
    }

    /// <inheritdoc/>
    public void Finish(CloseReason reason)
    {
        if (_closed is null)
        {
            // Between two polls there is nobody to say goodbye to: the next polls take what waits, then the close packet.
            _transport.Finish(reason);
            OnClosed(reason, lingers: _transport is PollingTransport { HasSaidGoodbye: false });
        }
    }

    /// <inheritdoc/>
    public void TellWhenDone(ValueTask task, object queue) =>
        _ = TellWhenDoneAsync(task, Self, new SessionMessages.HandlerCompleted(queue));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Session.Outbox.Attach(_transport);
        OnTransportAttached();
        ScheduleTick();
        _application.OnOpened();
        _start.Opened.TrySetResult();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        MailboxRuns.BeginApplication();
        switch (message)
        {
            case SessionMessages.PacketArrived arrived:
                OnPacket(arrived);
                break;
            case SessionMessages.HandlerCompleted completed:
                _application.OnHandlerCompleted(completed.Queue);
                StopIfDone();
                break;
            case SessionMessages.PollArrived arrived:
                OnPoll(arrived.Poll);
                break;
            case SessionMessages.PollAborted aborted:
                OnPollAborted(aborted.Poll);
                break;
            case SessionMessages.CandidateArrived arrived:
                OnCandidate(arrived);
                break;
            case SessionMessages.TransportClosed closed:
                OnTransportClosed(closed);
                break;
            case SessionMessages.DisconnectSocket disconnect:
                _application.OnDisconnectSocket(disconnect.Socket, disconnect.Close, disconnect.Operation);
                break;
            case SessionMessages.Close close:
                Close(close.Reason);
                break;
            case SessionMessages.Finish finish:
                Finish(finish.Reason);
                break;
            case Due due when ReferenceEquals(due, TickDue):
                OnTick();
                break;
            case Due due:
                OnPollingDue(due);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Also after a failure: the client is cut off, its sockets leave, and nothing else is touched.</summary>
    protected override void PostStop()
    {
        try
        {
            Close(CloseReason.ServerError);
        }
        finally
        {
            _tick.Dispose();
            _pollingTimer?.Dispose();
            _start.Unregister(Session);
            Session.OnStopped();
        }
    }

    private void OnPacket(SessionMessages.PacketArrived arrived)
    {
        if (_closed is not null || CloseIfExpired())
        {
            Session.Window.Release(arrived.Packet.Data.Length);
            arrived.Processed?.TrySetResult(EngineError.SessionIdUnknown);
            return;
        }

        var outcome = _engine.OnPacket(arrived.Generation, arrived.Packet, _start.Time.Now());
        Carry(outcome, arrived);
        ScheduleEarlierTick();
        if (outcome != PacketOutcome.Deliver)
        {
            Session.Window.Release(arrived.Packet.Data.Length);
        }

        if (outcome != PacketOutcome.ClosedByClient)
        {
            var isBad = outcome == PacketOutcome.Late || (_closed is not null && _closed != CloseReason.TransportClose);
            arrived.Processed?.TrySetResult(isBad ? EngineError.BadRequest : null);
        }
    }

    private void Carry(PacketOutcome outcome, SessionMessages.PacketArrived arrived)
    {
        switch (outcome)
        {
            case PacketOutcome.Deliver:
                _application.OnMessage(arrived.Packet);
                break;
            case PacketOutcome.ClosedByClient:
                OnClosedByClient(arrived.Processed);
                break;
            case PacketOutcome.Violation:
                Close(CloseReason.TransportError);
                break;
            case PacketOutcome.AnswerPing:
                Session.Outbox.TryAdd(EnginePacketCodec.Pong);
                break;
            case PacketOutcome.AnswerProbe:
                _candidate?.SendProbeAnswer(EnginePacketCodec.ProbePong);
                (_transport as PollingTransport)?.TryAnswerParked(EnginePacketCodec.Noop);
                break;
            case PacketOutcome.Upgraded:
                OnUpgraded();
                break;
            case PacketOutcome.RejectCandidate:
                DropCandidate(CloseReason.ParseError);
                break;
            case PacketOutcome.Ignore or PacketOutcome.Late:
            default:
                break;
        }
    }

    private void OnUpgraded()
    {
        // A client that keeps to the protocol has no poll under way here.
        (_transport as PollingTransport)?.RefuseParked(EngineError.BadRequest);
        Session.Polling = null;
        _transport = _candidate!;
        _candidate = null;
        Session.Outbox.Attach(_transport);
        OnTransportAttached();
    }

    private void OnCandidate(SessionMessages.CandidateArrived arrived)
    {
        if (_closed is not null || CloseIfExpired() || !_engine.TryOffer(_start.Time.Now(), out var generation))
        {
            arrived.Answer.TrySetResult(null);
            return;
        }

        _candidate = arrived.Transport;
        arrived.Answer.TrySetResult(generation);
        ScheduleTick();
    }

    private void OnTransportClosed(SessionMessages.TransportClosed closed)
    {
        if (_engine.DropCandidate(closed.Generation))
        {
            _candidate = null;
        }
        else if (closed.Generation == _engine.Generation)
        {
            Close(closed.Reason);
        }
    }

    private void DropCandidate(CloseReason reason)
    {
        _candidate?.Abort(reason);
        _candidate = null;
    }

    private void OnClosed(CloseReason reason, bool lingers)
    {
        _closed = Session.EndedBy = reason;
        _isLingering = lingers;
        Session.Outbox.Complete();
        Session.Window.OpenForEver();
        DropCandidate(CloseReason.TransportClose);
        _closePosted?.TrySetResult(null);
        _tick.Stop();
        if (lingers)
        {
            StartPollingTimer(LingerEnded, _start.Timing.PingTimeout);
        }
        else
        {
            _start.Unregister(Session);
        }

        _application.OnClosed(reason);
        StopIfDone();
    }

    private void StopIfDone()
    {
        if (_closed is not null && !_isLingering && _application.IsIdle)
        {
            Context.Stop(Self);
        }
    }

    private static string NameOf(ITransport it) => it.Kind == EngineTransport.WebSocket ? "websocket" : "polling";

    private static async Task TellWhenDoneAsync(ValueTask task, IActorRef self, object message)
    {
        try
        {
            await task;
        }
        finally
        {
            self.Tell(message, ActorRefs.NoSender);
        }
    }

    /// <summary>A timer of this actor's has run out. It is its own key.</summary>
    private sealed record Due(string What);
}
