using AkkaChat.Protocol;
using AkkaChat.Stores;

namespace AkkaChat.Logs.Clustered;

/// <summary>
/// Where one socket is in the log of one room. What it is given begins behind what it had when it came in, has nothing twice
/// and no gap: what does not follow waits until what is between has been read from the log. Thread-safe.
/// </summary>
internal sealed class LogPlace(RoomLogKey log, Action<WirePacket> send, SharedReads reads)
{
    private readonly Lock _gate = new();
    private readonly HeldMessages _held = new();
    private LogPosition? _at;
    private bool _isReading;
    private bool _mustRead;
    private volatile bool _hasEnded;

    public string Room => log.Room;

    /// <summary>The socket has come in: it gets these messages, then what has waited, and from then on all as it comes.</summary>
    public void Begin(LogPosition top, IReadOnlyList<WirePacket> missed)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            foreach (var packet in missed)
            {
                send(packet);
            }

            _at = top;
            _isReading = !TryRelease() || _mustRead;
            if (!_isReading)
            {
                return;
            }
        }

        _ = CatchUpAsync();
    }

    /// <summary>A message has come by way of the room.</summary>
    public void Deliver(LogPosition position, WirePacket packet)
    {
        lock (_gate)
        {
            if (_hasEnded || (_at is { } at && IsKnown(at, position)))
            {
                return;
            }

            if (_at is { } before && IsNext(before, position))
            {
                Send(position, packet);
                TryRelease();
                return;
            }

            _mustRead |= !_held.TryAdd(position, packet);
            if (!TryBeginReading())
            {
                return;
            }
        }

        _ = CatchUpAsync();
    }

    /// <summary>There may be messages in the log that the room was never told: they are looked for.</summary>
    public void Check()
    {
        lock (_gate)
        {
            _mustRead = true;
            if (!TryBeginReading())
            {
                return;
            }
        }

        _ = CatchUpAsync();
    }

    /// <summary>The socket has left the room, and gets nothing more.</summary>
    public void End() => _hasEnded = true;

    private static bool IsKnown(LogPosition at, LogPosition position) => position.Epoch == at.Epoch && position.Offset <= at.Offset;

    private static bool IsNext(LogPosition at, LogPosition position) => position.Epoch == at.Epoch && position.Offset == at.Offset + 1;

    /// <summary>False if it reads already, or has not come in yet and will look then.</summary>
    private bool TryBeginReading()
    {
        var begins = !_isReading && _at is not null;
        _isReading |= begins;
        return begins;
    }

    private async Task CatchUpAsync()
    {
        do
        {
            LogPosition at;
            lock (_gate)
            {
                at = _at!.Value;
                _mustRead = false;
                _held.BeginRead();
            }

            Take(await reads.ReadAsync(log, at));
        }
        while (IsBehind());
    }

    private bool IsBehind()
    {
        lock (_gate)
        {
            return _isReading = !_hasEnded && (_mustRead || !TryRelease());
        }
    }

    private void Take(LogReplay? replay)
    {
        lock (_gate)
        {
            if (replay is null || _hasEnded)
            {
                _mustRead = true;
                return;
            }

            foreach (var (position, packet) in replay.Messages)
            {
                if (!IsKnown(_at!.Value, position))
                {
                    Send(position, packet);
                }
            }

            // What is no message any more, between the last one and the end of what was read, has been trimmed.
            _at = IsKnown(_at!.Value, replay.End) ? _at : replay.End;
            _mustRead |= !replay.IsComplete;
            if (replay.IsComplete)
            {
                _held.EndRead();
            }
        }
    }

    /// <summary>Gives what has waited and follows; false if there is more that does not.</summary>
    private bool TryRelease()
    {
        while (_held.First is { } first)
        {
            if (IsNext(_at!.Value, first.Position))
            {
                Send(first.Position, first.Packet);
            }
            else if (!IsKnown(_at!.Value, first.Position) && !first.IsOld)
            {
                return false;
            }

            _held.RemoveFirst();
        }

        return true;
    }

    private void Send(LogPosition position, WirePacket packet)
    {
        send(packet);
        _at = position;
    }
}
