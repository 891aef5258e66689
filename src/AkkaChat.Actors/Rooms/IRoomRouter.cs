namespace AkkaChat.Rooms;

/// <summary>The way to the rooms of one namespace, wherever they live.</summary>
internal interface IRoomRouter
{
    /// <summary>
    /// Whether a socket is in a room for all that is sent there after its join was, so that nobody needs to wait for it.
    /// </summary>
    bool JoinsAtOnce { get; }

    /// <summary>Sends a message to the room it names. Messages of one thread to one room arrive in order.</summary>
    void Tell(RoomMessages.RoomMessage message);

    /// <summary>
    /// Completes when this node has brought its members of a room all up to a place in the room's order, or has none there.
    /// </summary>
    Task WhenDeliveredAsync(RoomName room, long sequence, CancellationToken cancellationToken);

    /// <summary>The namespace is gone, and its rooms with it.</summary>
    void Stop();
}
