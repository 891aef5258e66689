using System.Collections.Concurrent;
using System.Text;
using AkkaChat.Protocol;
using AkkaChat.Rooms;

namespace AkkaChat.Cluster.Specs.Support;

/// <summary>A member of rooms that writes down what it gets.</summary>
internal sealed class Client(string id, ObservedHistory history) : IRoomMember
{
    private readonly ConcurrentQueue<string> _received = new();

    public string Id { get; } = id;

    public HashSet<string> Rooms { get; } = [];

    public bool Fails { get; set; }

    public string[] Received => [.. _received];

    public bool Deliver(WirePacket packet, bool isVolatile)
    {
        if (Fails)
        {
            throw new InvalidOperationException("This client fails.");
        }

        var content = Encoding.UTF8.GetString(packet.Messages[0].Data.Span[1..]);
        _received.Enqueue(content);
        history.Write(seen =>
        {
            if (seen.Publishes.ContainsKey(content))
            {
                seen.Deliver(Id, content);
            }
        });
        return true;
    }

    public bool IsIn(string room) => Rooms.Contains(room) || room == Id;
}
