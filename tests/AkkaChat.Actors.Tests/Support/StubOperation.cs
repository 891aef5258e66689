using AkkaChat.Delivery;
using AkkaChat.Rooms;

namespace AkkaChat.Tests.Support;

/// <summary>An operation on a room that does what the test says when it starts, and ends when the test says so.</summary>
internal sealed class StubOperation(string? room, Action<StubOperation>? onStart = null) : Operation
{
    public override RoomName? Target { get; } = room is null ? null : new RoomName(room);

    public bool HasStarted { get; private set; }

    public override void Start()
    {
        HasStarted = true;
        onStart?.Invoke(this);
    }
}
