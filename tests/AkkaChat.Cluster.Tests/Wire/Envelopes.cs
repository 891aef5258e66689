using AkkaChat.Ownership;
using AkkaChat.Rooms;
using AkkaChat.Wire;
using FsCheck;
using FsCheck.Fluent;
using static AkkaChat.Ownership.OwnershipMessages;

namespace AkkaChat.Cluster.Tests.Wire;

/// <summary>Any envelope there can be.</summary>
internal static class Envelopes
{
    /// <summary>Among them halves of surrogate pairs, the separators of entity ids, and nothing.</summary>
    public static readonly Gen<string> Names =
        from characters in Gen.Elements('a', 'Z', '.', '/', '~', '-', '\0', 'ä', '語', '\uD83D', '\uDE00', '%').ArrayOf()
        select new string(characters);

    public static readonly Gen<RoomAddress> Rooms =
        from space in Names
        from isNamed in Gen.Elements(true, false)
        from name in Names
        select new RoomAddress(space, isNamed ? new RoomName(name) : RoomName.Everyone);

    private static readonly Gen<bool> Flags = Gen.Elements(true, false);

    private static readonly Gen<int> Small = Gen.OneOf(Gen.Choose(0, 300), Gen.Constant(int.MaxValue));

    private static readonly Gen<long> Numbers =
        Gen.OneOf(Gen.Choose(0, 300).Select(value => (long)value), Gen.Choose(0, int.MaxValue).Select(value => (long)value << 31), Gen.Constant(long.MaxValue));

    private static readonly Gen<Incarnation> Incarnations =
        from node in Gen.Elements("akka.tcp://chat@10.0.0.1:4053#1207", "a", "node ü", null)
        from number in Numbers
        select new Incarnation(node, node is null ? 0 : number);

    private static readonly Gen<Epoch> Epochs =
        from number in Numbers from owner in Incarnations select new Epoch(number, owner);

    private static readonly Gen<RelayHeader> Headers =
        from relay in Incarnations from promised in Epochs from settled in Numbers select new RelayHeader(relay, promised, settled);

    private static readonly Gen<RoomPayload> Payloads =
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf() select RoomContent.Payload(bytes);

    private static readonly Gen<RoomEntry> Entries =
        from sequence in Numbers
        from relay in Incarnations
        from number in Numbers
        from isEmpty in Flags
        from payload in Payloads
        select new RoomEntry(sequence, new PublishId(relay, number), isEmpty ? null : payload);

    private static readonly Gen<ToOwner> ToOwner = Gen.OneOf<ToOwner>(
        from header in Headers from version in Small from flag in Flags select (ToOwner)new Attend(header, version, flag),
        from header in Headers from number in Numbers from after in Numbers from payload in Payloads select (ToOwner)new Publish(header, number, after, payload),
        from header in Headers from delivered in Numbers from flag in Flags select (ToOwner)new Acknowledge(header, delivered, flag),
        from header in Headers
        from epoch in Epochs
        from version in Small
        from isIn in Flags
        from delivered in Numbers
        from stable in Numbers
        from isIdle in Flags
        from held in Entries.ListOf()
        select (ToOwner)new Promise(header, epoch, version, isIn, delivered, stable, isIdle, [.. held]),
        from header in Headers from epoch in Epochs select (ToOwner)new Refuse(header, epoch),
        from relay in Incarnations select (ToOwner)new Ended(relay));

    private static readonly Gen<ToRelay> ToRelay = Gen.OneOf<ToRelay>(
        from epoch in Epochs select (ToRelay)new Ask(epoch),
        from epoch in Epochs from stable in Numbers from entries in Entries.ListOf() select (ToRelay)new Deliver(epoch, stable, [.. entries]),
        from epoch in Epochs from version in Small from position in Numbers select (ToRelay)new Attending(epoch, version, position),
        from epoch in Epochs select (ToRelay)new Resume(epoch));

    public static readonly Gen<RoomEnvelope> All =
        from room in Rooms
        from hasTarget in Flags
        from incarnation in Incarnations
        let target = hasTarget ? incarnation : (Incarnation?)null
        from envelope in Gen.OneOf(
            ToOwner.Select(message => (RoomEnvelope)new OwnerEnvelope(room, target, message)),
            ToRelay.Select(message => (RoomEnvelope)new RelayEnvelope(room, target, message)))
        select envelope;

    /// <summary>Lists are compared by what is in them, which records don't.</summary>
    public static void AssertSame(RoomEnvelope expected, RoomEnvelope actual)
    {
        Assert.Equal(EntriesOf(expected), EntriesOf(actual));
        Assert.Equal(WithoutEntries(expected), WithoutEntries(actual));
    }

    private static IReadOnlyList<RoomEntry> EntriesOf(RoomEnvelope envelope) => envelope switch
    {
        OwnerEnvelope { Message: Promise promise } => promise.Held,
        RelayEnvelope { Message: Deliver deliver } => deliver.Entries,
        _ => [],
    };

    private static RoomEnvelope WithoutEntries(RoomEnvelope envelope) => envelope switch
    {
        OwnerEnvelope { Message: Promise promise } owner => owner with { Message = promise with { Held = [] } },
        RelayEnvelope { Message: Deliver deliver } relay => relay with { Message = deliver with { Entries = [] } },
        _ => envelope,
    };
}
