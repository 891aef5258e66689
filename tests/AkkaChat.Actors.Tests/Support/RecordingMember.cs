using System.Collections.Concurrent;
using AkkaChat.Protocol;
using AkkaChat.Rooms;

namespace AkkaChat.Tests.Support;

/// <summary>A member of rooms that keeps what it gets, or fails.</summary>
internal sealed class RecordingMember(string id, params string[] rooms) : IRoomMember
{
    private readonly ConcurrentQueue<string> _received = new();

    public string Id { get; } = id;

    public HashSet<string> Rooms { get; } = [.. rooms];

    public Func<string, bool> FailsAt { get; set; } = _ => false;

    public string[] Received => [.. _received];

    public bool Deliver(WirePacket packet, bool isVolatile)
    {
        var text = string.Join('|', Wire.Read(packet));
        if (FailsAt(text))
        {
            throw new InvalidOperationException("This member fails.");
        }

        _received.Enqueue((isVolatile ? "volatile " : "") + text);
        return true;
    }

    public bool IsIn(string room) => Rooms.Contains(room) || room == Id;
}
