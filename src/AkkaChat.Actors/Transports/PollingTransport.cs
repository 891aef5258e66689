using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;

namespace AkkaChat.Transports;

/// <summary>
/// HTTP long-polling without the HTTP: keeps the one poll that waits and answers it as soon as the outbox has
/// something. The web layer makes polls of requests and writes the answers. Thread-safe.
/// </summary>
internal sealed class PollingTransport(Outbox outbox) : ITransport
{
    private readonly Lock _gate = new();
    private Poll? _parked;
    private WirePacket? _farewell;

    /// <inheritdoc/>
    public EngineTransport Kind => EngineTransport.Polling;

    /// <inheritdoc/>
    /// <remarks>Takes no lock: an outbox asks under its own, and <see cref="Wake"/> takes the two the other way.</remarks>
    public bool IsReady => Volatile.Read(ref _parked) is not null;

    /// <summary>Whether a poll waits.</summary>
    public bool HasPoll => IsReady;

    /// <summary>Whether the close packet of <see cref="Finish"/> has gone out.</summary>
    public bool HasSaidGoodbye { get; private set; }

    /// <summary>Takes a poll, to be answered now or later. False: one waits already, which is a client's error.</summary>
    public bool TryPark(Poll poll)
    {
        lock (_gate)
        {
            if (_parked is not null)
            {
                return false;
            }

            _parked = poll;
        }

        Wake();
        return true;
    }

    /// <summary>Takes a poll back that its client has given up; true if it still waited.</summary>
    public bool TryUnpark(Poll poll)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_parked, poll))
            {
                return false;
            }

            _parked = null;
            return true;
        }
    }

    /// <summary>Answers the waiting poll, if any, with this packet; true if there was one.</summary>
    public bool TryAnswerParked(WirePacket packet) => TakeParked()?.TryAnswer(PollAnswer.Of(packet)) ?? false;

    /// <summary>Refuses the waiting poll, if any.</summary>
    public void RefuseParked(EngineError error) => TakeParked()?.Refuse(error);

    /// <inheritdoc/>
    public void Wake()
    {
        Poll? poll;
        List<WirePacket> batch = [];
        int bytes;
        lock (_gate)
        {
            if (_parked is null)
            {
                return;
            }

            // Never beside packets: a client handles the close packet before those of the same answer.
            bytes = outbox.Take(this, ref batch);
            if (batch.Count == 0 && _farewell is not null)
            {
                batch.Add(_farewell);
                HasSaidGoodbye = true;
            }

            if (batch.Count == 0)
            {
                return;
            }

            poll = _parked;
            _parked = null;
        }

        poll.TryAnswer(new PollAnswer(batch, bytes, null));
    }

    /// <inheritdoc/>
    public void SendProbeAnswer(WirePacket packet) =>
        throw new InvalidOperationException("Long-polling is never the candidate of an upgrade.");

    /// <inheritdoc/>
    public void Finish(CloseReason reason)
    {
        lock (_gate)
        {
            _farewell = EnginePacketCodec.Close;
        }

        Wake();
    }

    /// <inheritdoc/>
    public void Abort(CloseReason reason) => TryAnswerParked(EnginePacketCodec.Close);

    private Poll? TakeParked()
    {
        lock (_gate)
        {
            var poll = _parked;
            _parked = null;
            return poll;
        }
    }
}
