namespace AkkaChat;

/// <summary>A room, as <see cref="INamespace.RoomsAsync"/> lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Members">How many sockets are in it, over the nodes that have answered.</param>
public sealed record RoomInfo(string Name, int Members);
