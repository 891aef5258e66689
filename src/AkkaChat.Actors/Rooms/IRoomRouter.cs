namespace AkkaChat.Rooms;

/// <summary>The way to the rooms of one namespace, wherever they live.</summary>
internal interface IRoomRouter
{
    /// <summary>Sends a message to the room it names. Messages of one thread to one room arrive in order.</summary>
    void Tell(RoomMessages.RoomMessage message);

    /// <summary>The namespace is gone, and its rooms with it.</summary>
    void Stop();
}
