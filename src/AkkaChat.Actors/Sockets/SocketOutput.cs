using AkkaChat.Delivery;
using AkkaChat.Protocol;

namespace AkkaChat.Sockets;

/// <summary>
/// What one socket sends into its connection's outbox. What is sent before the client has been told that it is
/// connected waits, so that the answer to its CONNECT always comes first; after the end nothing gets out. Thread-safe.
/// </summary>
internal sealed class SocketOutput(Outbox outbox)
{
    private readonly Lock _gate = new();
    private List<WirePacket>? _early = [];
    private bool _isClosed;

    /// <summary>Sends a packet, or keeps it until the socket is open; false if it was too late.</summary>
    public bool Send(WirePacket packet)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            if (_early is null)
            {
                return outbox.TryAdd(packet);
            }

            var isHeld = outbox.TryHold(packet);
            if (isHeld)
            {
                _early.Add(packet);
            }

            return isHeld;
        }
    }

    /// <summary>Sends a packet if it can leave at once; false if not.</summary>
    public bool SendVolatile(WirePacket packet)
    {
        lock (_gate)
        {
            return !_isClosed && _early is null && outbox.TryAddVolatile(packet);
        }
    }

    /// <summary>Sends the answer to CONNECT, then what has waited for it.</summary>
    public void Open(WirePacket connected)
    {
        lock (_gate)
        {
            if (_isClosed || _early is null)
            {
                return;
            }

            outbox.TryAdd(connected);
            foreach (var packet in _early)
            {
                outbox.TryAddHeld(packet);
            }

            _early = null;
        }
    }

    /// <summary>Sends a last packet, if there is one, and nothing after it. True for the first call.</summary>
    public bool TryClose(WirePacket? farewell)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _isClosed = true;
            _early?.ForEach(outbox.Drop);
            _early = null;
            if (farewell is not null)
            {
                outbox.TryAdd(farewell);
            }

            return true;
        }
    }
}
