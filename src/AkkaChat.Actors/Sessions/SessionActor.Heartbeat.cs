using AkkaChat.Protocol.EngineIO;

namespace AkkaChat.Sessions;

/// <summary>Deadlines: pings, their answers, and those of the application.</summary>
internal sealed partial class SessionActor
{
    private TimeSpan NextDeadline =>
        _application.NextDeadline is { } deadline && deadline < _engine.NextDeadline ? deadline : _engine.NextDeadline;

    private void OnTransportAttached()
    {
        Session.TransportName = NameOf(_transport);

        // A pong that brings the next ping before the tick that looks for it must come here at once.
        if (_transport.Kind == EngineTransport.WebSocket && !_start.Session.Dialect.IsLegacy
            && _start.Timing.PingInterval >= _start.Timing.PingTimeout)
        {
            Session.LetPongsBeNoted(_engine.Generation);
        }
    }

    private void OnTick()
    {
        if (_closed is not null)
        {
            return;
        }

        TakeNotedPong();
        var now = _start.Time.Now();
        switch (_engine.Tick(now, Session.Window.LastStall))
        {
            case TickOutcome.SendPing:
                Session.ForgetPong();
                Session.Outbox.TryAdd(EnginePacketCodec.Ping);
                break;
            case TickOutcome.PingTimeout:
                Close(CloseReason.PingTimeout);
                break;
            case TickOutcome.CandidateTimeout:
                DropCandidate(CloseReason.TransportClose);
                break;
            case TickOutcome.None:
            default:
                break;
        }

        _application.OnTick(now);
        ScheduleTick();
    }

    private void TakeNotedPong()
    {
        // One that came too late does not bring a session back that only a late timer has not ended yet.
        if (Session.NotedPong is { } at && !_engine.IsExpired(at, Session.Window.LastStall))
        {
            _engine.OnPong(at);
        }
    }

    private bool CloseIfExpired()
    {
        TakeNotedPong();
        if (!_engine.IsExpired(_start.Time.Now(), Session.Window.LastStall))
        {
            return false;
        }

        Close(CloseReason.PingTimeout);
        return true;
    }

    /// <summary>
    /// A pong can bring the next ping before the tick that would have looked for the pong; more often it does not, and
    /// then the timer is left alone.
    /// </summary>
    private void ScheduleEarlierTick()
    {
        if (NextDeadline < _tickAt)
        {
            ScheduleTick();
        }
    }

    private void ScheduleTick()
    {
        if (_closed is not null)
        {
            return;
        }

        _tickAt = NextDeadline;
        _tick.Start(_tickAt - _start.Time.Now());
    }
}
