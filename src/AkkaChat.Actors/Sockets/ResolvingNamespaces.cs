using AkkaChat.Protocol.SocketIO;
using AkkaChat.Sessions;

namespace AkkaChat.Sockets;

/// <summary>
/// The dynamic namespaces that one connection is asking for. What its client sends behind such a CONNECT waits here, in
/// the connection's window. Used by the session's actor only.
/// </summary>
internal sealed class ResolvingNamespaces(AkkaChatServer server, ISessionHost host)
{
    private readonly Dictionary<string, ResolvingNamespace> _byName = new(StringComparer.Ordinal);

    public int Count => _byName.Count;

    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Asks for a namespace; the answer, or null if the session will hear of it later.</summary>
    public ResolvingNamespace? Ask(SocketPacket connect)
    {
        var resolving = new ResolvingNamespace(server, connect);
        var task = resolving.RunAsync();
        _byName.Add(connect.Namespace, resolving);
        if (task.IsCompleted)
        {
            return resolving;
        }

        host.TellWhenDone(task, resolving);
        return null;
    }

    /// <summary>Keeps a packet for a namespace that is being asked for; false if it is for another.</summary>
    public bool TryKeep(SocketPacket packet, int size)
    {
        if (!_byName.TryGetValue(packet.Namespace, out var resolving))
        {
            return false;
        }

        host.Session.Window.Hold(size);
        resolving.Waiting.Add((packet, size));
        return true;
    }

    /// <summary>The answer is there: gives back the room of what waits for it.</summary>
    public void End(ResolvingNamespace resolving)
    {
        _byName.Remove(resolving.Connect.Namespace);
        foreach (var (_, size) in resolving.Waiting)
        {
            host.Session.Window.Release(size);
        }
    }
}
