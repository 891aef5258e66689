using AkkaChat.Delivery;
using AkkaChat.Protocol.EngineIO;
using AkkaChat.Transports;

namespace AkkaChat.Sessions;

/// <summary>Messages to <see cref="SessionActor"/>. All are local to a node.</summary>
internal static class SessionMessages
{
    /// <summary>
    /// A packet came in by the transport of that generation. It has taken room in the window. Whoever must know when it
    /// has taken effect waits for <paramref name="Processed"/>: null, or why it had none.
    /// </summary>
    internal sealed record PacketArrived(int Generation, EnginePacket Packet, TaskCompletionSource<EngineError?>? Processed);

    /// <summary>A GET wants packets.</summary>
    internal sealed record PollArrived(Poll Poll);

    /// <summary>The client has given up a GET that waited.</summary>
    internal sealed record PollAborted(Poll Poll);

    /// <summary>A WebSocket wants to take over. The answer is its generation number, or null: refused.</summary>
    internal sealed record CandidateArrived(ITransport Transport, TaskCompletionSource<int?> Answer);

    /// <summary>The transport of that generation has ended.</summary>
    internal sealed record TransportClosed(int Generation, CloseReason Reason);

    /// <summary>End the session at once.</summary>
    internal sealed record Close(CloseReason Reason);

    /// <summary>End the session after what waits has been written.</summary>
    internal sealed record Finish(CloseReason Reason);

    /// <summary>The application disconnects a socket, or with it the whole connection.</summary>
    internal sealed record DisconnectSocket(Socket Socket, bool Close, Operation Operation);

    /// <summary>A handler that had not completed at once has completed.</summary>
    internal sealed record HandlerCompleted(object Queue);
}
