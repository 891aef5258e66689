namespace AkkaChat.Delivery;

/// <summary>
/// Marks the copies of one publication that goes to several rooms, or to rooms and to sockets by their ids, so that each
/// socket gets one of them.
/// </summary>
/// <param name="Id">The same in all copies, and in no others.</param>
/// <param name="Copies">How many copies a node gets at most: one by each room, and one for the ids.</param>
internal readonly record struct PublicationUnion(Guid Id, int Copies);
