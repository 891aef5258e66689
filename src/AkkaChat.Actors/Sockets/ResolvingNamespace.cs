using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Sockets;

/// <summary>A client's CONNECT to a namespace that may come into being, and what the client sent behind it.</summary>
internal sealed class ResolvingNamespace(AkkaChatServer server, SocketPacket connect)
{
    public SocketPacket Connect { get; } = connect;

    /// <summary>The namespace, once asked for; null if there is to be none.</summary>
    public Namespace? Found { get; private set; }

    public List<(SocketPacket Packet, int Size)> Waiting { get; } = [];

    /// <summary>Asks for the namespace. Never throws.</summary>
    public async ValueTask RunAsync()
    {
        var auth = Connect.Payload.IsEmpty
            ? EventArgument.EmptyObject
            : new EventArgument(Connect.Payload, [], server.Serializer);
        Found = await server.ResolveNamespaceAsync(Connect.Namespace, auth);
    }
}
