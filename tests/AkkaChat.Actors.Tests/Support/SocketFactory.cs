using AkkaChat.Sessions;
using AkkaChat.Sockets;

namespace AkkaChat.Tests.Support;

/// <summary>Sockets without any actor: what they tell rooms stays in the router.</summary>
internal static class SocketFactory
{
    public static Socket Create(
        AkkaChatServer server, ManualRouter? router = null, Session? session = null, Handshake? handshake = null)
    {
        var owner = server.Main;
        owner.Start(router ?? new ManualRouter());
        var known = handshake ?? new Handshake();
        return new Socket(owner, session ?? CreateSession(server), known);
    }

    public static Session CreateSession(AkkaChatServer server) =>
        new(SocketId.New(server.Incarnation), new Handshake(), server.Settings.SessionLimits, server.Time);
}
