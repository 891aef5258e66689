using AkkaChat.Protocol.EngineIO;
using AkkaChat.Transports;

namespace AkkaChat.Sessions;

/// <remarks>This part is what only long-polling needs: its requests are each on their own way, and may overtake each other.</remarks>
internal sealed partial class SessionActor
{
    /// <summary>How long a close packet on polling waits for the poll that may just be on its way.</summary>
    private static readonly TimeSpan CloseRace = TimeSpan.FromMilliseconds(25);

    /// <summary>How long a poll that comes in while a candidate is probing may wait for packets.</summary>
    private static readonly TimeSpan NoopDelay = TimeSpan.FromMilliseconds(100);

    private static readonly Due CloseRaceEnded = new("close race ended");
    private static readonly Due NoopDue = new("noop");
    private static readonly Due LingerEnded = new("linger ended");

    private ActorTimer? _pollingTimer;
    private TaskCompletionSource<EngineError?>? _closePosted;
    private bool _isLingering;

    /// <summary>
    /// The client says goodbye. On polling its last GET may still be on its way, in a connection of its own; the POST
    /// is answered when that GET has been, or after a moment.
    /// </summary>
    private void OnClosedByClient(TaskCompletionSource<EngineError?>? posted)
    {
        _closePosted = posted;
        if (_transport is PollingTransport polling && !polling.TryAnswerParked(EnginePacketCodec.Noop))
        {
            StartPollingTimer(CloseRaceEnded, CloseRace);
            return;
        }

        Close(CloseReason.TransportClose);
    }

    private void OnPoll(Poll poll)
    {
        if (_isLingering && _transport is PollingTransport lingering)
        {
            lingering.TryPark(poll);
            if (lingering.HasSaidGoodbye)
            {
                EndLinger();
            }
        }
        else if (_closed is not null || CloseIfExpired())
        {
            poll.Refuse(EngineError.SessionIdUnknown);
        }
        else if (_transport is not PollingTransport polling)
        {
            poll.Refuse(EngineError.BadRequest);
        }
        else if (_closePosted is not null)
        {
            poll.TryAnswer(PollAnswer.Of(EnginePacketCodec.Noop));
            Close(CloseReason.TransportClose);
        }
        else
        {
            Park(polling, poll);
        }
    }

    private void Park(PollingTransport polling, Poll poll)
    {
        if (!polling.TryPark(poll))
        {
            poll.Refuse(EngineError.BadRequest);
            Close(CloseReason.TransportError);
        }
        else if (_engine.IsProbed)
        {
            StartPollingTimer(NoopDue, NoopDelay);
        }
    }

    /// <summary>What the poll's answer held, or would have, is lost; a gap must not go unnoticed.</summary>
    private void OnPollAborted(Poll poll)
    {
        if (_transport is PollingTransport polling)
        {
            polling.TryUnpark(poll);
            Close(CloseReason.TransportClose);
        }
    }

    private void OnPollingDue(Due due)
    {
        if (ReferenceEquals(due, NoopDue))
        {
            (_transport as PollingTransport)?.TryAnswerParked(EnginePacketCodec.Noop);
        }
        else if (ReferenceEquals(due, CloseRaceEnded))
        {
            Close(CloseReason.TransportClose);
        }
        else if (_isLingering)
        {
            EndLinger();
        }
    }

    private void EndLinger()
    {
        _isLingering = false;
        _start.Unregister(Session);
        StopIfDone();
    }

    /// <summary>One timer is enough: what it is for comes one after the other.</summary>
    private void StartPollingTimer(Due due, TimeSpan delay)
    {
        _pollingTimer?.Dispose();
        _pollingTimer = new ActorTimer(_start.Time, Self, due);
        _pollingTimer.Start(delay);
    }
}
