namespace AkkaChat.Delivery;

/// <summary>Marks a publication of which every node has to note who got it, since its publisher is going to ask.</summary>
/// <param name="Id">Names the publication.</param>
/// <param name="AckId">The number under which all recipients are asked for an ack; null if they are not.</param>
internal readonly record struct PublicationReceipt(Guid Id, long? AckId);
