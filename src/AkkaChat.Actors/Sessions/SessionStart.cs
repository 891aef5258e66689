using AkkaChat.Protocol;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Transports;

namespace AkkaChat.Sessions;

/// <summary>All that a new session's actor needs.</summary>
/// <param name="Session">The session.</param>
/// <param name="Transport">The transport it is opened with.</param>
/// <param name="OpenPacket">The handshake, the first packet the client gets.</param>
/// <param name="Timing">Its time limits.</param>
/// <param name="Time">The clock.</param>
/// <param name="CreateApplication">Makes what the session serves.</param>
/// <param name="Unregister">Makes the session's id unknown. May be called more than once.</param>
/// <param name="Opened">Completes when the actor runs.</param>
internal sealed record SessionStart(
    Session Session,
    ITransport Transport,
    WirePacket OpenPacket,
    EngineTiming Timing,
    TimeProvider Time,
    Func<ISessionHost, ISessionApplication> CreateApplication,
    Action<Session> Unregister,
    TaskCompletionSource Opened);
