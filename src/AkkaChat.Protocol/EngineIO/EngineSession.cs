namespace AkkaChat.Protocol.EngineIO;

/// <summary>What the owner of a session has to do with a packet.</summary>
internal enum PacketOutcome
{
    /// <summary>Nothing: a pong, or a noop.</summary>
    Ignore,

    /// <summary>Nothing: the packet came by a transport that was replaced.</summary>
    Late,

    /// <summary>Hand the message to the application.</summary>
    Deliver,

    /// <summary>The client closed the session.</summary>
    ClosedByClient,

    /// <summary>A packet that a client may not send here: close the session.</summary>
    Violation,

    /// <summary>Answer the ping of a legacy client with a pong.</summary>
    AnswerPing,

    /// <summary>Answer <c>3probe</c> on the candidate and release the waiting poll.</summary>
    AnswerProbe,

    /// <summary>The candidate is now the session's transport.</summary>
    Upgraded,

    /// <summary>Close the candidate; the session goes on with the transport it has.</summary>
    RejectCandidate,
}

/// <summary>What has become due.</summary>
internal enum TickOutcome
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Send a ping.</summary>
    SendPing,

    /// <summary>The client did not answer a ping in time, or did not ping: close the session.</summary>
    PingTimeout,

    /// <summary>Close the candidate; it took too long.</summary>
    CandidateTimeout,
}

/// <summary>The last time that the server did not read a connection, because too much of the client's waits.</summary>
/// <param name="Since">When it stopped to read.</param>
/// <param name="Until">When it went on; null if it has not.</param>
internal readonly record struct ReadStall(TimeSpan Since, TimeSpan? Until);

/// <summary>
/// The rules of one Engine.IO session: which transport is current, how a second one takes over, and the heartbeat.
/// Time is an argument (monotonic, since any fixed origin), effects are return values; not thread-safe.
/// <code>
/// open ... ping interval ... ping -> client, pong within the ping timeout -> server, ping interval ...
///      with a legacy client: ping -> server within ping interval + ping timeout, pong -> client
/// upgrade: new WebSocket with sid, "2probe" -> "3probe", the client empties its poll, "5": the WebSocket takes over
/// </code>
/// Each transport carries a generation number; whatever comes from another than the current one or the candidate is
/// late and has no effect.
/// </summary>
internal sealed class EngineSession
{
    private const int NoCandidate = -1;

    private readonly EngineTiming _timing;
    private readonly bool _clientPings;
    private int _lastGeneration;
    private int _candidate = NoCandidate;
    private bool _probed;
    private TimeSpan _candidateDeadline;
    private TimeSpan _heartbeatDue;
    private TimeSpan _pingSent;
    private bool _awaitingClient; // its pong, or a legacy client's next ping

    public EngineSession(EngineTiming timing, EngineTransport transport, TimeSpan now, bool isLegacy = false)
    {
        _timing = timing;
        _clientPings = _awaitingClient = isLegacy;
        Transport = transport;
        _heartbeatDue = isLegacy ? NextPingLimit(now) : now + timing.PingInterval;
    }

    public EngineTransport Transport { get; private set; }

    /// <summary>The number of the current transport; 0 is the one the session was opened with.</summary>
    public int Generation { get; private set; }

    /// <summary>Whether a candidate has been answered and may take over at any moment.</summary>
    public bool IsProbed => _candidate != NoCandidate && _probed;

    /// <summary>The next moment at which <see cref="Tick"/> has something to do.</summary>
    public TimeSpan NextDeadline =>
        _candidate != NoCandidate && _candidateDeadline < _heartbeatDue ? _candidateDeadline : _heartbeatDue;

    /// <summary>
    /// Whether the client's silence has lasted too long. Every request asks this first, so that a late timer never lets
    /// a dead session answer. A client that never answers is gone <c>PingInterval + PingTimeout</c> after it opened,
    /// even if the timer that should have sent the ping is late.
    /// </summary>
    public bool IsExpired(TimeSpan now, ReadStall? stall) =>
        now >= PutOff(_awaitingClient ? _heartbeatDue : _heartbeatDue + _timing.PingTimeout, now, stall);

    /// <summary>Takes a packet of the transport with that generation number.</summary>
    public PacketOutcome OnPacket(int generation, in EnginePacket packet, TimeSpan now)
    {
        if (generation == Generation)
        {
            return OnCurrent(packet, now);
        }

        return generation == _candidate ? OnCandidate(packet) : PacketOutcome.Late;
    }

    /// <summary>
    /// A pong came by the current transport, now or at a time before. One that nobody waits for costs nothing and moves
    /// nothing.
    /// </summary>
    public void OnPong(TimeSpan at)
    {
        if (_awaitingClient && !_clientPings && at >= _pingSent)
        {
            _awaitingClient = false;
            _heartbeatDue = at + _timing.PingInterval;
        }
    }

    /// <summary>
    /// A second transport asks to take over. Refused unless the session is on polling and has no other candidate.
    /// </summary>
    public bool TryOffer(TimeSpan now, out int generation)
    {
        generation = NoCandidate;
        if (Transport != EngineTransport.Polling || _candidate != NoCandidate)
        {
            return false;
        }

        generation = _candidate = ++_lastGeneration;
        _probed = false;
        _candidateDeadline = now + _timing.UpgradeTimeout;
        return true;
    }

    /// <summary>The candidate with that number is gone; true if it still was the candidate.</summary>
    public bool DropCandidate(int generation)
    {
        if (generation != _candidate || generation == NoCandidate)
        {
            return false;
        }

        _candidate = NoCandidate;
        return true;
    }

    /// <summary>Says what has become due.</summary>
    public TickOutcome Tick(TimeSpan now, ReadStall? stall)
    {
        if (_candidate != NoCandidate && now >= _candidateDeadline)
        {
            _candidate = NoCandidate;
            return TickOutcome.CandidateTimeout;
        }

        return now < _heartbeatDue ? TickOutcome.None : OnHeartbeatDue(now, stall);
    }

    private TickOutcome OnHeartbeatDue(TimeSpan now, ReadStall? stall)
    {
        if (!_awaitingClient)
        {
            // From when it was due, not from now: a late timer must not stretch the client's time.
            _awaitingClient = true;
            _pingSent = now;
            _heartbeatDue += _timing.PingTimeout;
            return TickOutcome.SendPing;
        }

        _heartbeatDue = PutOff(_heartbeatDue, now, stall);
        return now < _heartbeatDue ? TickOutcome.None : TickOutcome.PingTimeout;
    }

    /// <summary>A pong may lie unread while the server does not read; the client gets its time again after that.</summary>
    private TimeSpan PutOff(TimeSpan due, TimeSpan now, ReadStall? stall)
    {
        if (stall is not { } read)
        {
            return due;
        }

        var end = read.Until ?? now;
        var limit = read.Since + _timing.StallLimit;
        var putOff = (end < limit ? end : limit) + _timing.PingTimeout;
        return putOff > due ? putOff : due;
    }

    private PacketOutcome OnCurrent(in EnginePacket packet, TimeSpan now)
    {
        switch (packet.Type)
        {
            case EnginePacketType.Message:
                return PacketOutcome.Deliver;
            case EnginePacketType.Pong when !_clientPings:
                OnPong(now);
                return PacketOutcome.Ignore;
            case EnginePacketType.Ping when _clientPings:
                _heartbeatDue = NextPingLimit(now);
                return PacketOutcome.AnswerPing;
            case EnginePacketType.Noop:
                return PacketOutcome.Ignore;
            case EnginePacketType.Close:
                return PacketOutcome.ClosedByClient;
            default:
                return PacketOutcome.Violation;
        }
    }

    private TimeSpan NextPingLimit(TimeSpan now) => now + _timing.PingInterval + _timing.PingTimeout;

    private PacketOutcome OnCandidate(in EnginePacket packet)
    {
        if (EnginePacketCodec.IsProbe(packet))
        {
            _probed = true;
            return PacketOutcome.AnswerProbe;
        }

        if (!_probed || packet.Type != EnginePacketType.Upgrade)
        {
            _candidate = NoCandidate;
            return PacketOutcome.RejectCandidate;
        }

        Generation = _candidate;
        Transport = EngineTransport.WebSocket;
        _candidate = NoCandidate;
        return PacketOutcome.Upgraded;
    }
}
