using System.Collections.Concurrent;
using AkkaChat.Rooms;

namespace AkkaChat.Delivery;

/// <summary>Collects the sockets that a <see cref="Selection"/> names, each once.</summary>
internal sealed class SocketCollection(Selection selection) : SelectionOperation(selection)
{
    private readonly ConcurrentDictionary<string, Socket> _sockets = new(StringComparer.Ordinal);

    /// <summary>The sockets found. All of them once the operation is complete.</summary>
    public IReadOnlyCollection<Socket> Sockets => [.. _sockets.Values];

    /// <inheritdoc/>
    public override void Reach(IRoomMember member)
    {
        if (!Selection.Excludes(member) && member is Socket socket)
        {
            _sockets[socket.Id] = socket;
        }
    }
}
