using Akka.Actor;
using AkkaChat.Rooms;
using AkkaChat.Wire;

namespace AkkaChat.Sharding;

/// <summary>The rooms of one namespace, wherever in the cluster they live.</summary>
internal sealed class ClusterRoomRouter(string name, IRoomHome home, IActorRef nodeRooms, int largest) : IRoomRouter
{
    /// <inheritdoc/>
    /// <remarks>What another node publishes meanwhile may have its place before the first join of this node.</remarks>
    public bool JoinsAtOnce => false;

    /// <inheritdoc/>
    public void Tell(RoomMessages.RoomMessage message)
    {
        var content = message is RoomMessages.Visit visit ? visit.Visitor.Describe() : null;
        var payload = content is null ? null : RoomContent.Payload(PublicationFormat.Write(content));
        if (payload?.Bytes > largest)
        {
            message.Operation.Fail(new InvalidOperationException(
                $"The emit has {payload.Bytes} bytes; nodes of a cluster pass on at most {largest} (twice akkachat.max-payload)."));
            return;
        }

        var address = new RoomAddress(name, message.Room);
        nodeRooms.Tell(new NodeRoomsMessages.ToRoom(address, home, message, payload), ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    public async Task WhenDeliveredAsync(RoomName room, long sequence, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ending = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        nodeRooms.Tell(new NodeRoomsMessages.WhenDelivered(new RoomAddress(name, room), sequence, done), ActorRefs.NoSender);
        await done.Task;
    }

    /// <inheritdoc/>
    /// <remarks>The namespace may go on on other nodes; here, nobody is left in it, and its relays end by themselves.</remarks>
    public void Stop()
    {
    }
}
