using AkkaChat.Dispatch;
using AkkaChat.Protocol;

namespace AkkaChat.Delivery;

/// <summary>
/// All that waits to be written to one connection: many writers, one drainer, bounded in bytes. Bytes count until the
/// drainer says that they are written. Full means closed: the overflow callback runs once and nothing more gets in;
/// packets are never dropped silently. Thread-safe.
/// </summary>
internal sealed class Outbox(long limit, Action onOverflow)
{
    /// <summary>What a <see cref="WakeBatch"/> may gather for one connection before it is written all the same.</summary>
    private const int BatchBytes = 32 * 1024;

    // A thread that is slow to write its batch must not make a client that reads look like one that does not.
    private readonly long _batchBytes = Math.Min(BatchBytes, limit / 4);
    private readonly Lock _gate = new();
    private List<WirePacket> _waiting = [];
    private IOutboxDrainer? _drainer;
    private long _bytes;
    private bool _closed;
    private bool _isInBatch;

    /// <summary>Bytes that wait or are being written.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether nothing waits and nothing is being written.</summary>
    public bool IsEmpty => Bytes == 0;

    /// <summary>
    /// Puts a packet in. One packet larger than the limit still goes into an empty outbox, since no smaller piece of
    /// it could be sent instead. False: the outbox is closed, or this packet has just overflowed it.
    /// </summary>
    public bool TryAdd(WirePacket packet)
    {
        Waking waking = default;
        bool isIn, overflows;
        lock (_gate)
        {
            isIn = TryTakeRoom(packet, out overflows);
            if (isIn)
            {
                waking = Append(packet);
            }
        }

        if (overflows)
        {
            onOverflow();
        }

        waking.Run();
        return isIn;
    }

    /// <summary>
    /// Takes the room of a packet that is put in later, by <see cref="TryAddHeld"/>, or never, by <see cref="Drop"/>.
    /// The same bound holds.
    /// </summary>
    public bool TryHold(WirePacket packet)
    {
        bool isHeld, overflows;
        lock (_gate)
        {
            isHeld = TryTakeRoom(packet, out overflows);
        }

        if (overflows)
        {
            onOverflow();
        }

        return isHeld;
    }

    /// <summary>Puts a packet in whose room was taken by <see cref="TryHold"/>.</summary>
    public bool TryAddHeld(WirePacket packet)
    {
        Waking waking;
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            waking = Append(packet);
        }

        waking.Run();
        return true;
    }

    /// <summary>Gives the room of a held packet back.</summary>
    public void Drop(WirePacket packet) => Written(CostOf(packet));

    /// <summary>Puts a packet in if it can leave at once; otherwise it is dropped, as volatile packets are.</summary>
    public bool TryAddVolatile(WirePacket packet)
    {
        WakeIfInBatch();
        IOutboxDrainer drainer;
        lock (_gate)
        {
            if (_closed || _bytes > 0 || _drainer is not { IsReady: true } ready)
            {
                return false;
            }

            Interlocked.Add(ref _bytes, CostOf(packet));
            _waiting.Add(packet);
            drainer = ready;
        }

        drainer.Wake();
        return true;
    }

    /// <summary>Makes this the one drainer. What waits is its to take from now on.</summary>
    public void Attach(IOutboxDrainer drainer)
    {
        bool hasWork;
        lock (_gate)
        {
            _drainer = drainer;
            _isInBatch = false;
            hasWork = _waiting.Count > 0;
        }

        if (hasWork)
        {
            drainer.Wake();
        }
    }

    /// <summary>
    /// Moves all that waits into <paramref name="batch"/> (empty, the drainer's own) and returns its bytes;
    /// <see cref="Written"/> must follow. Nothing is taken by a drainer that was replaced.
    /// </summary>
    public int Take(IOutboxDrainer drainer, ref List<WirePacket> batch)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || !ReferenceEquals(drainer, _drainer))
            {
                return 0;
            }

            _isInBatch = false;
            (batch, _waiting) = (_waiting, batch);
            var bytes = 0;
            foreach (var packet in batch)
            {
                bytes += CostOf(packet);
            }

            return bytes;
        }
    }

    /// <summary>Gives the room of written bytes back.</summary>
    public void Written(int bytes) => Interlocked.Add(ref _bytes, -bytes);

    /// <summary>Lets nothing more in. What waits can still be taken.</summary>
    public void Complete() => Volatile.Write(ref _closed, true);

    /// <summary>An empty message takes room too: else there could be any number, and a drainer would see no bytes.</summary>
    private static int CostOf(WirePacket packet) => Math.Max(1, packet.Size);

    private bool TryTakeRoom(WirePacket packet, out bool overflows)
    {
        var cost = CostOf(packet);
        overflows = !_closed && _bytes > 0 && _bytes + cost > limit;
        _closed |= overflows;
        if (_closed)
        {
            return false;
        }

        Interlocked.Add(ref _bytes, cost);
        return true;
    }

    /// <summary>Puts a packet in; returns whom to wake, if nobody is about to do it.</summary>
    private Waking Append(WirePacket packet)
    {
        _waiting.Add(packet);
        if (_bytes >= _batchBytes || !WakeBatch.IsOpen)
        {
            return new Waking(_drainer, IsPutOff: false);
        }

        // One wake will do, whichever thread's batch it is in: the drainer takes all there is.
        var drainer = _isInBatch ? null : _drainer;
        _isInBatch = _drainer is not null;
        return new Waking(drainer, IsPutOff: true);
    }

    /// <summary>Lets out what a batch holds back, so that a volatile packet is not dropped because of that.</summary>
    private void WakeIfInBatch()
    {
        IOutboxDrainer? drainer;
        lock (_gate)
        {
            drainer = _isInBatch ? _drainer : null;
        }

        drainer?.Wake();
    }

    /// <summary>Whom to wake, outside the lock.</summary>
    private readonly record struct Waking(IOutboxDrainer? Drainer, bool IsPutOff)
    {
        public void Run()
        {
            if (Drainer is null)
            {
                return;
            }

            if (IsPutOff)
            {
                WakeBatch.Add(Drainer);
            }
            else
            {
                Drainer.Wake();
            }
        }
    }
}
