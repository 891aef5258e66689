using AkkaChat.Logs;
using AkkaChat.Protocol;

namespace AkkaChat.Rooms;

/// <summary>What a room knows of a socket in it. Thread-safe.</summary>
internal interface IRoomMember
{
    /// <summary>The socket's id.</summary>
    string Id { get; }

    /// <summary>
    /// Puts a packet into the socket's outbox, in the calling thread. Never blocks, and never throws for a socket that
    /// has gone. A volatile packet is dropped if it could not leave at once.
    /// </summary>
    /// <returns>Whether the outbox has it; false if the socket has gone or the packet was dropped.</returns>
    bool Deliver(WirePacket packet, bool isVolatile);

    /// <summary>The same for a message of a room's log, which the socket may have had, or have to wait for others before it.</summary>
    void DeliverLogged(WirePacket packet, LogMark mark) => Deliver(packet, isVolatile: false);

    /// <summary>Whether the socket is in the room of that name, or has it as its id.</summary>
    bool IsIn(string room);
}
