using Akka.Actor;

namespace AkkaChat.Rooms;

/// <summary>The rooms of one namespace on a single node: children of its <see cref="NamespaceActor"/>.</summary>
internal sealed class LocalRoomRouter(ActorSystem system, IActorRef namespaceActor) : IRoomRouter
{
    /// <inheritdoc/>
    public bool JoinsAtOnce => true;

    /// <inheritdoc/>
    public void Tell(RoomMessages.RoomMessage message) => namespaceActor.Tell(message, ActorRefs.NoSender);

    /// <inheritdoc/>
    /// <remarks>Nobody publishes in these rooms but this node.</remarks>
    public Task WhenDeliveredAsync(RoomName room, long sequence, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Stop() => system.Stop(namespaceActor);
}
