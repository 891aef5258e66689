using AkkaChat.Protocol;

namespace AkkaChat.Logs.Clustered;

/// <summary>
/// Messages that have come to a socket before others that are between. They are in the log too, so few are kept and, when it
/// is too much, none. Not thread-safe.
/// </summary>
internal sealed class HeldMessages
{
    private const int Most = 256;
    private const int MostBytes = 1 << 20;

    private readonly Queue<(LogPosition Position, WirePacket Packet)> _all = new();
    private int _bytes;
    private int _beforeRead;
    private int _old;

    /// <summary>The first of them; it is old if the log was read to its end after it had come: then the log has gone on without it.</summary>
    public (LogPosition Position, WirePacket Packet, bool IsOld)? First =>
        _all.TryPeek(out var first) ? (first.Position, first.Packet, _old > 0) : null;

    /// <summary>Keeps one; false if it was too much, and none is kept.</summary>
    public bool TryAdd(LogPosition position, WirePacket packet)
    {
        if (_all.Count >= Most || _bytes + packet.Size > MostBytes)
        {
            _all.Clear();
            _bytes = _beforeRead = _old = 0;
            return false;
        }

        _bytes += packet.Size;
        _all.Enqueue((position, packet));
        return true;
    }

    public void RemoveFirst()
    {
        _bytes -= _all.Dequeue().Packet.Size;
        _beforeRead = Math.Max(0, _beforeRead - 1);
        _old = Math.Max(0, _old - 1);
    }

    /// <summary>The log is about to be read.</summary>
    public void BeginRead() => _beforeRead = _all.Count;

    /// <summary>The log has been read to its end.</summary>
    public void EndRead() => _old = _beforeRead;
}
