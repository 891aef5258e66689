using AkkaChat.Delivery;
using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Sessions;

namespace AkkaChat.Transports;

/// <summary>
/// What carries a session's packets. The session's actor calls it; every member returns at once and may be called
/// again after the transport has closed, without effect.
/// </summary>
internal interface ITransport : IOutboxDrainer
{
    /// <summary>Which of the two ways this is.</summary>
    EngineTransport Kind { get; }

    /// <summary>Sends a packet round the outbox: the answer to a probe, before the outbox is this transport's.</summary>
    void SendProbeAnswer(WirePacket packet);

    /// <summary>
    /// Writes what is already in the outbox, says goodbye and closes. A peer that does not take it in time is cut off.
    /// </summary>
    void Finish(CloseReason reason);

    /// <summary>Closes without regard to what waits.</summary>
    void Abort(CloseReason reason);
}
