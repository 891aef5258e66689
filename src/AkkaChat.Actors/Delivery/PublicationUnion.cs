namespace AkkaChat.Delivery;

/// <summary>Marks the copies of one publication that goes to several rooms, so that each socket gets one of them.</summary>
/// <param name="Id">The same in all copies, and in no others.</param>
/// <param name="Rooms">How many copies there are.</param>
internal readonly record struct PublicationUnion(Guid Id, int Rooms);
