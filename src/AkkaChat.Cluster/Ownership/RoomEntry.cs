namespace AkkaChat.Ownership;

/// <summary>What is published. The rules look at its size only.</summary>
/// <param name="Content">Whatever the host can serialize: the event, and who must not get it.</param>
/// <param name="Bytes">Its serialized size.</param>
internal sealed record RoomPayload(object Content, int Bytes);

/// <summary>Names a publish before it has a place. Numbers of one relay begin at 1.</summary>
internal readonly record struct PublishId(Incarnation Relay, long Number)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Relay}#{Number}";
}

/// <summary>
/// A publish in its place. Sequences go on from epoch to epoch without a gap, so that a relay sees by the sequence alone
/// whether something is missing.
/// </summary>
/// <param name="Sequence">Its place; the first is 1.</param>
/// <param name="Origin">The publish that has the place.</param>
/// <param name="Payload">Null where a place has nothing: whoever had it is gone, and the others never saw it.</param>
internal sealed record RoomEntry(long Sequence, PublishId Origin, RoomPayload? Payload)
{
    /// <summary>A place that stays empty.</summary>
    public static RoomEntry Empty(long sequence) => new(sequence, default, null);
}
